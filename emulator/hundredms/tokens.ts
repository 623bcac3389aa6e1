/** 100ms' JWTs (HS256, RFC 7515): of management, which the server API asks for, and of apps, by which peers join. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../twilio/clock';
import { unauthorized } from './errors';

/** Access key → app secret. */
export type Keys = Readonly<Record<string, string>>;

export interface Claims {
  readonly access_key?: unknown;
  readonly type?: unknown;
  readonly version?: unknown;
  readonly jti?: unknown;
  readonly iat?: unknown;
  readonly nbf?: unknown;
  readonly exp?: unknown;
  readonly room_id?: unknown;
  readonly user_id?: unknown;
  readonly role?: unknown;
}

export function signToken(claims: Claims, secret: string): string {
  const signed = [{ alg: 'HS256', typ: 'JWT' }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  return `${signed}.${signatureOf(signed, secret).toString('base64url')}`;
}

const signatureOf = (signed: string, secret: string): Buffer =>
  createHmac('sha256', secret).update(signed).digest();

/** @throws {HmsError} 401 for anything but a token of that type, signed with one of these keys, whose time is now. */
export function readToken(
  token: string | undefined,
  type: 'management' | 'app',
  keys: Keys,
  clock: Clock,
): Claims {
  if (token === undefined || token === '') throw unauthorized('not found');
  const [header = '', payload = '', signature = '', ...more] = token.split('.');
  const claims: Claims | undefined = jsonIn(payload);
  if (jsonIn(header)?.['alg'] !== 'HS256' || !claims || more.length > 0)
    throw unauthorized('malformed token');

  const { access_key: key } = claims;
  const secret = typeof key === 'string' && Object.hasOwn(keys, key) ? keys[key] : undefined;
  if (secret === undefined) throw unauthorized('access key not found');
  const given = Buffer.from(signature, 'base64url');
  const expected = signatureOf(`${header}.${payload}`, secret);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw unauthorized('signature is invalid');
  }

  if (claims.type !== type) throw unauthorized(`token type must be ${type}`);
  if (claims.version !== 2) throw unauthorized('token version must be 2');
  if (typeof claims.jti !== 'string' || claims.jti === '') throw unauthorized('jti is missing');
  checkTimes(claims, clock.now() / 1000);
  return claims;
}

/** @param now seconds since epoch; nothing says that the vendor forgives clocks that differ. */
function checkTimes({ iat, nbf, exp }: Claims, now: number): void {
  if (typeof exp !== 'number') throw unauthorized('exp is missing');
  if (now >= exp) throw unauthorized('token is expired');
  for (const begin of [iat, nbf]) {
    if (typeof begin !== 'number') throw unauthorized('iat or nbf is missing');
    if (now < begin) throw unauthorized('token is not valid yet');
  }
}

function jsonIn(part: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
