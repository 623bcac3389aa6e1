/** LiveKit's JWTs: those that callers show are checked, those of webhooks are signed. HS256, RFC 7515. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../twilio/clock';
import { PlainError } from './errors';
import { TOKEN_LEEWAY_SECONDS } from './limits';

/** API key → secret. */
export type Keys = Readonly<Record<string, string>>;

export interface Claims {
  readonly iss?: string;
  readonly sub?: string;
  readonly jti?: string;
  readonly exp?: number;
  readonly nbf?: number;
  readonly name?: string;
  readonly metadata?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly roomConfig?: Readonly<Record<string, unknown>>;
  readonly video?: VideoGrant;
}

export interface VideoGrant {
  readonly room?: string;
  readonly roomCreate?: boolean;
  readonly roomList?: boolean;
  readonly roomJoin?: boolean;
  readonly roomAdmin?: boolean;
  readonly canPublish?: boolean;
  readonly canSubscribe?: boolean;
  readonly canPublishData?: boolean;
  readonly canUpdateOwnMetadata?: boolean;
  readonly hidden?: boolean;
}

const sign = (signed: string, secret: string): Buffer => createHmac('sha256', secret).update(signed).digest();

/** @throws {PlainError} 401 in the server's words; to a token that it knows but does not believe it answers with that token. */
export function readToken(token: string, keys: Keys, clock: Clock): Claims {
  const [header = '', payload = '', signature = '', ...more] = token.split('.');
  const head = jsonIn(header);
  const claims = jsonIn(payload) as Claims | undefined;
  if (!head || !claims || more.length > 0 || head['alg'] !== 'HS256') {
    throw new PlainError(401, 'invalid authorization token');
  }
  const issuer = claims.iss ?? '';
  const secret = Object.hasOwn(keys, issuer) ? keys[issuer] : undefined;
  if (!secret) throw new PlainError(401, `invalid API key: ${issuer}`);
  const refuse = (why: string): PlainError => new PlainError(401, `invalid token: ${token}, error: ${why}`);
  const given = Buffer.from(signature, 'base64url');
  const expected = sign(`${header}.${payload}`, secret);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw refuse('token signature is invalid: signature is invalid');
  }
  const now = clock.now() / 1000;
  if (claims.exp !== undefined && now > claims.exp + TOKEN_LEEWAY_SECONDS) {
    throw refuse('token has invalid claims: token is expired');
  }
  if (claims.nbf !== undefined && now < claims.nbf - TOKEN_LEEWAY_SECONDS) {
    throw refuse('token has invalid claims: token is not valid yet');
  }
  return claims;
}

export function signToken(claims: Readonly<Record<string, unknown>>, secret: string): string {
  const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
  const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
  return `${signed}.${sign(signed, secret).toString('base64url')}`;
}

function jsonIn(part: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
