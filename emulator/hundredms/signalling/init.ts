/**
 * `GET /init`: what a client asks before anything else, with its token: where the socket is, and how media flow. Here
 * the socket is at the same address, by the origin that the client came by.
 */
import type { IncomingHttpHeaders } from 'node:http';
import { admit, type Door } from '../joining';

export const INIT_PATH = '/init';

/** @throws {HmsError} 401, 403, 404 */
export function initConfig(headers: IncomingHttpHeaders, door: Door): object {
  admit(door, /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1]);
  const isSecure = first(headers['x-forwarded-proto']) === 'https';
  return {
    endpoint: `${isSecure ? 'wss' : 'ws'}://${hostIn(headers)}${INIT_PATH}`,
    log_level: 'none',
    policy: '',
    rtcConfiguration: { ice_servers: [] },
    config: { enabledFlags: [] },
  };
}

/** By which the client came, perhaps through others. */
export const hostIn = (headers: IncomingHttpHeaders): string =>
  first(headers['x-forwarded-host']) ?? headers.host ?? '';

const first = (value: string | string[] | undefined): string | undefined =>
  [value].flat()[0]?.split(',')[0]?.trim() || undefined;
