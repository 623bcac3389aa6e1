/**
 * 100ms' tokens: a JWT signed by the app secret, of management for our own calls, of an app for a peer.
 * https://www.100ms.live/docs/get-started/v2/get-started/security-and-tokens
 */
import { randomUUID } from 'node:crypto';
import { signJwt } from '../../domain/jwt';
import { jsonObject } from '../../upstream/json-object';

export interface HmsKey {
  readonly accessKey: string;
  readonly appSecret: string;
}

/** Whom an app token is for, and for which room. */
interface Place {
  readonly room_id: string;
  readonly user_id: string;
  readonly role: string;
}

/** Seconds; a call is over within ten. */
const CALL_TOKEN_TTL = 60;
/** Seconds: the vendor wants to know since when a token is valid, and its clock may be behind ours. */
const CLOCK_SKEW = 10;

/** Where somebody else's token leads; undefined for what is none. What it says is not checked: its bearer may read it. */
export function placeIn(token: string): Pick<Place, 'room_id' | 'user_id'> | undefined {
  const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
  const { room_id, user_id = '' } = jsonObject(payload) ?? {};
  return typeof room_id === 'string' && typeof user_id === 'string' ? { room_id, user_id } : undefined;
}

/** @param now ms since epoch */
export const managementToken = (key: HmsKey, now: number): string =>
  sign(key, { type: 'management' }, CALL_TOKEN_TTL, now);

/** @param ttl seconds. @param now ms since epoch */
export const appToken = (key: HmsKey, place: Place, ttl: number, now: number): string =>
  sign(key, { type: 'app', ...place }, ttl, now);

function sign({ accessKey, appSecret }: HmsKey, claims: object, ttl: number, now: number): string {
  const seconds = Math.floor(now / 1000);
  const begin = seconds - CLOCK_SKEW;
  return signJwt(
    {
      access_key: accessKey,
      ...claims,
      version: 2,
      jti: randomUUID(),
      iat: begin,
      nbf: begin,
      exp: seconds + ttl,
    },
    appSecret,
  );
}
