/** Which request is whose: the RoomService, the clients' door, and what only an emulator has. */
import type { IncomingMessage } from 'node:http';
import { malformed, PlainError, TwirpError } from './errors';
import { admit, join, type Door } from './joining';
import { METHODS } from './room-service';
import { NO_MEDIA } from './no-media';
import { readToken, type VideoGrant } from './tokens';
import { viewParticipant } from './views';

export interface Answer {
  readonly status: number;
  readonly type?: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Desk {
  readonly door: Door;
  readonly reset: () => void;
  /** Told of every call of the RoomService. */
  readonly count: (method: string) => void;
}

interface Incoming {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  /** undefined: too large. */
  readonly body: string | undefined;
}

const TEXT = 'text/plain; charset=utf-8';
const json = (status: number, body: object): Answer => ({
  status,
  type: 'application/json',
  body: JSON.stringify(body),
});

export function answer(message: IncomingMessage, body: string | undefined, desk: Desk): Answer {
  const url = new URL((message.url ?? '/').replace(/^\/\/+/, '/'), 'http://emulator');
  const { method = 'GET', headers } = message;
  const incoming = { method, url, headers, body };
  try {
    return route(incoming, desk);
  } catch (error) {
    if (error instanceof TwirpError) return json(error.status, error.body);
    if (error instanceof PlainError) {
      return { status: error.status, type: TEXT, body: error.message, headers: forPages(url) };
    }
    throw error;
  }
}

/** The one address that `livekit-client` fetches, to learn why a socket was refused. */
const forPages = ({ pathname }: URL): Record<string, string> =>
  isValidation(pathname) ? { 'access-control-allow-origin': '*' } : {};
const isValidation = (path: string): boolean => path === '/rtc/validate' || path === '/rtc/v1/validate';

function route(incoming: Incoming, desk: Desk): Answer {
  const { url, headers } = incoming;
  const path = url.pathname;
  if (path.startsWith('/_emulator/')) return emulatorsOwn(incoming, desk);
  if (isValidation(path)) {
    admit(desk.door, bearerIn(headers) ?? url.searchParams.get('access_token'));
    // The server would say "success"; but who asks here was refused the socket, and this says why.
    return { status: 403, type: TEXT, body: NO_MEDIA, headers: forPages(url) };
  }
  if (path === '/') return { status: 200, type: TEXT, body: 'OK' };
  if (path.startsWith('/twirp/')) return json(200, roomService(incoming, desk));
  return {
    status: 404,
    type: TEXT,
    body: path === '/rtc' || path === '/rtc/v1' ? '' : '404 page not found\n',
  };
}

/** @throws {PlainError} 401 */
function bearerIn({ authorization }: IncomingMessage['headers']): string | undefined {
  if (authorization === undefined || authorization === '') return undefined;
  if (!authorization.startsWith('Bearer ')) {
    throw new PlainError(401, 'invalid authorization header. Must start with Bearer ');
  }
  return authorization.slice('Bearer '.length);
}

/** A token is looked at before the address, as by the server. @throws {TwirpError} @throws {PlainError} 401 */
function roomService({ method, url, headers, body }: Incoming, { door, count }: Desk): object {
  const token = bearerIn(headers);
  const grant: VideoGrant = token === undefined ? {} : (readToken(token, door.keys, door.clock).video ?? {});
  const path = url.pathname;
  const lost = (why: string): TwirpError =>
    new TwirpError('bad_route', why, { twirp_invalid_route: `${method} ${path}` });
  if (method !== 'POST') throw lost(`unsupported method "${method}" (only POST is allowed)`);
  const name = /^\/twirp\/livekit\.RoomService\/(\w+)$/.exec(path)?.[1] ?? '';
  const call = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
  if (!call) throw lost(`no handler for path "${path}"`);
  const type = headers['content-type'] ?? '';
  // The vendor's SDK speaks JSON; protobuf, which the server takes too, is not emulated.
  if (type.split(';', 1)[0] !== 'application/json') throw lost(`unexpected Content-Type: "${type}"`);
  count(name);
  return call({ state: door.state, grant }, parsed(body));
}

function parsed(body: string | undefined): unknown {
  try {
    const value: unknown = JSON.parse(body ?? '');
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Said below.
  }
  throw malformed();
}

/** A page in a browser may not wipe a developer's state: browsers name the page's origin, tools do not. */
function emulatorsOwn({ method, url, headers, body }: Incoming, { door, reset }: Desk): Answer {
  if (headers.origin !== undefined) throw new PlainError(403, 'not for pages');
  if (method !== 'POST') throw new PlainError(405, 'POST only');
  if (url.pathname === '/_emulator/reset') {
    reset();
    return { status: 204, body: '' };
  }
  if (url.pathname !== '/_emulator/join') throw new PlainError(404, 'there is no such address');
  const { token } = parsed(body) as { token?: unknown };
  if (typeof token !== 'string') throw new PlainError(400, 'token is missing');
  return json(200, viewParticipant(join(door, token)));
}
