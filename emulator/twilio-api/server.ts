/**
 * A stand-in for what Foyer needs of api.twilio.com (2010-04-01): the account, its API keys, and text messages.
 * A key that is made here is one of the account's at once, so that other emulators with these credentials take it.
 */
import { randomBytes } from 'node:crypto';
import { systemClock, type Clock } from '../twilio/clock';
import { notFound } from '../twilio/errors';
import { byMethod, createRestServer, type RestRequest, type RestResponse } from '../twilio/rest-server';
import { Messages, type Message } from './messages';
import { accountView, keyView, pageOfKeys, type ApiKey } from './views';
import { invalidKeyName } from './errors';
import { LONGEST_KEY_NAME } from './limits';

export interface AccountEmulatorOptions {
  readonly credentials: {
    readonly accountSid: string;
    readonly authToken: string;
    /** API key SID (`SK…`) → secret; grows and shrinks with what is asked for. */
    readonly apiKeys: Record<string, string>;
  };
  /** Real time unless given. */
  readonly clock?: Clock;
  readonly log?: (line: string) => void;
}

export interface AccountEmulator {
  /** Port 0, the default, takes a free one; the host is 127.0.0.1 unless given. */
  listen(port?: number, host?: string): Promise<{ port: number; origin: string }>;
  close(): Promise<void>;
  /** As the console shows them: without their secrets. */
  readonly keys: readonly ApiKey[];
  /** Text messages that were "sent", newest last. */
  readonly messages: readonly Message[];
}

/** Nothing is listened to before `listen`. */
export function createAccountEmulator(options: AccountEmulatorOptions): AccountEmulator {
  const { credentials, clock = systemClock } = options;
  const keys = new Map<string, ApiKey>();
  const messages = new Messages(clock, credentials.accountSid);
  const reset = (): void => {
    messages.clear();
    for (const sid of keys.keys()) delete credentials.apiKeys[sid];
    keys.clear();
  };

  const create = (request: RestRequest): RestResponse => {
    const name = request.form.get('FriendlyName') ?? '';
    if (name.length > LONGEST_KEY_NAME) throw invalidKeyName();
    const secret = randomBytes(16).toString('hex');
    const now = clock.now();
    const key: ApiKey = { sid: `SK${randomBytes(16).toString('hex')}`, name, created: now, updated: now };
    keys.set(key.sid, key);
    credentials.apiKeys[key.sid] = secret;
    // The one answer that ever holds the secret.
    return { status: 201, body: { ...keyView(key), secret } };
  };
  const one = (request: RestRequest, sid: string): RestResponse => {
    const key = keys.get(sid);
    if (!key) throw notFound(request.path);
    return byMethod(request.method, {
      GET: () => ({ status: 200, body: keyView(key) }),
      DELETE: () => {
        keys.delete(sid);
        delete credentials.apiKeys[sid];
        return { status: 204 };
      },
    });
  };

  const handle = (request: RestRequest): RestResponse => {
    const path = request.segments.join('/');
    const account = `2010-04-01/Accounts/${credentials.accountSid}`;
    if (path === `${account}.json`) {
      return byMethod(request.method, { GET: () => ({ status: 200, body: accountView(credentials) }) });
    }
    if (path === `${account}/Keys.json`) {
      return byMethod(request.method, {
        GET: () => ({ status: 200, body: pageOfKeys([...keys.values()], request) }),
        POST: () => create(request),
      });
    }
    if (path === `${account}/Messages.json`) return messages.handle(request);
    const sid = path.startsWith(`${account}/Keys/`)
      ? /\/Keys\/(SK[0-9a-f]{32})\.json$/.exec(path)?.[1]
      : undefined;
    if (sid === undefined) throw notFound(request.path);
    return one(request, sid);
  };

  const server = createRestServer({ credentials, handle, reset, log: options.log ?? (() => undefined) });
  return {
    listen: (port, host) => server.listen(port, host),
    close: () => server.close(),
    get keys() {
      return [...keys.values()];
    },
    get messages() {
      return messages.sent;
    },
  };
}
