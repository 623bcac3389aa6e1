/** What a client's request for a socket says, checked as far as its form goes; what it means is for the functions. */
import type { IncomingMessage } from 'node:http';
import type { Announced } from './live-socket';
import { LIMITS } from '../limits';
import { Refused } from './refusal';

export interface SocketRequest {
  /** Absent for a socket that is for rooms alone. */
  readonly user: Announced | undefined;
  /** `Bearer …`. */
  readonly authorization: string | undefined;
  /** The latest event that the client has seen before. */
  readonly lastEventId: string | undefined;
}

/** Others are nobody's business, and ignored. */
const NAMES = ['id', 'name', 'location', 'access_token', 'last_event_id'] as const;
type Name = (typeof NAMES)[number];

/** What may stand in a header behind `Bearer`. */
const TOKEN = /^[\x21-\x7e]+$/;

/** @throws Refused 400, 414. */
export function readSocketRequest({ url = '', headers }: IncomingMessage): SocketRequest {
  if (url.length > LIMITS.urlBytes) throw new Refused(414, 'the address is too long.');
  const { id, name, location, access_token, last_event_id } = parametersIn(url);
  if (id === undefined && (name !== undefined || location !== undefined)) {
    throw new Refused(400, 'id is required where name or location is given.');
  }
  if (access_token !== undefined && !TOKEN.test(access_token))
    throw new Refused(400, 'access_token is no token.');
  return {
    user: id === undefined ? undefined : { id, name, location },
    authorization:
      headers.authorization ?? (access_token === undefined ? undefined : `Bearer ${access_token}`),
    lastEventId: last_event_id,
  };
}

function parametersIn(url: string): Partial<Record<Name, string>> {
  const query = url.split('?').slice(1).join('?');
  const found: Partial<Record<Name, string>> = {};
  for (const pair of query === '' ? [] : query.split('&')) {
    const at = pair.indexOf('=');
    const name = decoded(at < 0 ? pair : pair.slice(0, at));
    const known = NAMES.find((one) => one === name);
    if (!known) continue;
    if (found[known] !== undefined) throw new Refused(400, `${known} is given more than once.`);
    found[known] = decoded(at < 0 ? '' : pair.slice(at + 1));
  }
  return found;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw new Refused(400, 'the address is not encoded well.');
  }
}

/** Compares origins as browsers write them: without a slash at the end, in lower case. */
const plain = (origin: string): string => origin.trim().toLowerCase().replace(/\/$/, '');

/**
 * @param allowed none: every page may open sockets. Who is no browser sends no origin, and is no danger to one.
 * @throws Refused 403.
 */
export function requireOrigin({ headers }: IncomingMessage, allowed: readonly string[]): void {
  const { origin } = headers;
  if (allowed.length === 0 || origin === undefined) return;
  if (!allowed.some((one) => plain(one) === plain(origin))) {
    throw new Refused(403, 'pages of this origin may not connect here.');
  }
}
