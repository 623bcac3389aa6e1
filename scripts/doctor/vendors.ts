/** LiveKit, 100ms, MongoDB and the identity provider: one live call each, where they are configured. */
import { RoomServiceClient } from 'livekit-server-sdk';
import { MongoClient } from 'mongodb';
import { managementToken } from '../../src/adapters/hundredms/tokens';
import { absent, type Finding, PATIENCE_MS, type Variables, works, wrong } from './finding';

export const vendorFindings = (variables: Variables): Promise<Finding[]> =>
  Promise.all([livekit(variables), hundredMs(variables), mongodb(variables), identityProvider(variables)]);

async function livekit(variables: Variables): Promise<Finding> {
  const about = 'LiveKit';
  const { LIVEKIT_API_KEY: key, LIVEKIT_API_SECRET: secret, LIVEKIT_SOCKET_URL: socket } = variables;
  const url = variables['LIVEKIT_URL'] ?? socket;
  const given = [key, secret, url].filter((value) => value !== undefined);
  if (given.length === 0) return absent(about, 'not configured: npm start runs or emulates one');
  if (key === undefined || secret === undefined || url === undefined)
    return wrong(
      about,
      'configured by half',
      'set LIVEKIT_API_KEY, LIVEKIT_API_SECRET and LIVEKIT_URL in .env',
    );
  try {
    const address = url.replace(/^ws/, 'http').replace(/\/+$/, '');
    const client = new RoomServiceClient(address, key, secret, { requestTimeout: PATIENCE_MS / 1000 });
    await inTime(client.listRooms(['foyer-doctor']));
    return works(about, 'answers');
  } catch (error) {
    const { status } = error as { status?: number };
    return status === 401 || status === 403
      ? wrong(about, `does not accept the key (${status})`, 'compare LIVEKIT_API_KEY and LIVEKIT_API_SECRET')
      : wrong(about, unreachable(status), 'look at LIVEKIT_URL, and whether the server runs');
  }
}

async function hundredMs(variables: Variables): Promise<Finding> {
  const about = '100ms';
  const accessKey = variables['HMS_ACCESS_KEY'] ?? variables['API_KEY'];
  const appSecret = variables['HMS_APP_SECRET'] ?? variables['APP_SECRET'];
  if (accessKey === undefined && appSecret === undefined)
    return absent(about, 'not configured: npm start emulates it');
  if (accessKey === undefined || appSecret === undefined)
    return wrong(about, 'configured by half', 'set HMS_ACCESS_KEY and HMS_APP_SECRET in .env');
  const api = (variables['HMS_API_URL'] ?? 'https://api.100ms.live/v2').replace(/\/+$/, '');
  const token = managementToken({ accessKey, appSecret }, Date.now());
  const status = await statusOf(`${api}/rooms?limit=10`, { authorization: `Bearer ${token}` });
  if (status === 401 || status === 403)
    return wrong(about, `does not accept the key (${status})`, 'compare HMS_ACCESS_KEY and HMS_APP_SECRET');
  return status === 200
    ? works(about, 'answers')
    : wrong(about, unreachable(status), 'look at HMS_API_URL, and at 100ms’ status page');
}

async function mongodb({ MONGO_URI: uri }: Variables): Promise<Finding> {
  const about = 'MongoDB';
  if (uri === undefined) return absent(about, 'not configured: rooms are recorded in Sync');
  let client: MongoClient | undefined;
  try {
    client = new MongoClient(uri, {
      serverSelectionTimeoutMS: PATIENCE_MS / 2,
      connectTimeoutMS: PATIENCE_MS / 2,
    });
    await inTime(client.db().command({ ping: 1 }));
    return works(about, 'answers');
  } catch (error) {
    // Its words may hold the address, and that the password.
    return (error as { code?: unknown }).code === 18
      ? wrong(about, 'does not accept the user or the password', 'correct MONGO_URI')
      : wrong(about, 'does not answer', 'look at MONGO_URI, and whom the database lets in');
  } finally {
    await client?.close().catch(() => undefined);
  }
}

async function identityProvider({ AUTH_JWKS_URL: url }: Variables): Promise<Finding> {
  const about = 'Identity provider';
  if (url === undefined) return absent(about, 'not configured');
  const mend =
    'look at AUTH_JWKS_URL: the provider names it as jwks_uri in its /.well-known/openid-configuration';
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) });
    const { keys } = (await response.json()) as { keys?: unknown };
    if (response.ok && Array.isArray(keys) && keys.length > 0)
      return works(about, `publishes ${keys.length} key${keys.length > 1 ? 's' : ''}`);
    return wrong(about, `publishes no keys (${response.status})`, mend);
  } catch {
    return wrong(about, 'does not answer with keys', mend);
  }
}

/** Undefined when nobody answers. */
async function statusOf(url: string, headers: Record<string, string>): Promise<number | undefined> {
  try {
    const response = await fetch(url, { headers, signal: AbortSignal.timeout(PATIENCE_MS) });
    await response.body?.cancel();
    return response.status;
  } catch {
    return undefined;
  }
}

const unreachable = (status: number | undefined): string =>
  status === undefined ? 'does not answer' : `answers ${status}`;

function inTime<T>(asked: Promise<T>): Promise<T> {
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error('no answer in time')), PATIENCE_MS).unref();
  });
  return Promise.race([asked, late]);
}
