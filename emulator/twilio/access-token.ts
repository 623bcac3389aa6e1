/** Checks Twilio access tokens as the vendor does: https://www.twilio.com/docs/iam/access-tokens */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock } from './clock';
import { apiKeySecret, type Credentials } from './credentials';

export interface AccessTokenClaims {
  readonly identity: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
  /** Product (`data_sync`, `video`) → what it grants; an empty grant is an empty object. */
  readonly grants: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Twilio's codes for a refused token: https://www.twilio.com/docs/api/errors/20101 and following. */
const REASONS = {
  20101: 'Invalid Access Token',
  20102: 'Invalid Access Token header',
  20103: 'Invalid Access Token issuer/subject',
  20104: 'Access Token expired or expiration date invalid',
  20105: 'Access Token not yet valid',
  20106: 'Invalid Access Token grants',
  20107: 'Invalid Access Token signature',
  20157: 'Expiration Time in the Access Token Exceeds Maximum Time Allowed',
} as const;

export type AccessTokenErrorCode = keyof typeof REASONS;

export class AccessTokenError extends Error {
  override readonly name = 'AccessTokenError';

  constructor(readonly code: AccessTokenErrorCode) {
    super(REASONS[code]);
  }
}

const DIGESTS = new Map<unknown, string>([
  ['HS256', 'sha256'],
  ['HS384', 'sha384'],
  ['HS512', 'sha512'],
]);
const LONGEST_LIFE_SECONDS = 24 * 60 * 60;
/** Allowed for two machines' clocks to disagree about "not before". */
const CLOCK_SKEW_SECONDS = 60;
const LONGEST_TOKEN_CHARACTERS = 16 * 1024;

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function decode(part: string): Json {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    if (isObject(value)) return value;
  } catch {
    // Falls through: whatever cannot be read is refused in the same words.
  }
  throw new AccessTokenError(20101);
}

/**
 * @throws {AccessTokenError} with the vendor's code; 20101 for whatever is not a token at all.
 */
export function verifyAccessToken(token: string, credentials: Credentials, clock: Clock): AccessTokenClaims {
  const parts = token.length > LONGEST_TOKEN_CHARACTERS ? [] : token.split('.');
  const [head, body, signature] = parts;
  if (parts.length !== 3 || !head || !body || !signature) throw new AccessTokenError(20101);
  const header = decode(head);
  const payload = decode(body);
  checkSignature(header, `${head}.${body}`, signature, payload['iss'], credentials);
  if (payload['sub'] !== credentials.accountSid) throw new AccessTokenError(20103);
  const expiresAt = checkTimes(payload, clock.now() / 1000) * 1000;
  return { expiresAt, ...checkGrants(payload['grants']) };
}

function checkSignature(
  header: Json,
  signed: string,
  signature: string,
  issuer: unknown,
  credentials: Credentials,
): void {
  const digest = DIGESTS.get(header['alg']);
  if (digest === undefined || header['typ'] !== 'JWT' || header['cty'] !== 'twilio-fpa;v=1') {
    throw new AccessTokenError(20102);
  }
  const secret = typeof issuer === 'string' ? apiKeySecret(credentials, issuer) : undefined;
  if (secret === undefined) throw new AccessTokenError(20103);
  const wanted = createHmac(digest, secret).update(signed).digest();
  const given = Buffer.from(signature, 'base64url');
  if (wanted.length !== given.length || !timingSafeEqual(wanted, given)) throw new AccessTokenError(20107);
}

/** Answers the expiry, in seconds since the epoch. */
function checkTimes(payload: Json, now: number): number {
  const { exp, nbf, iat } = payload;
  if (typeof exp !== 'number' || !Number.isFinite(exp) || exp <= now) throw new AccessTokenError(20104);
  if (typeof nbf === 'number' && nbf > now + CLOCK_SKEW_SECONDS) throw new AccessTokenError(20105);
  const start = typeof nbf === 'number' ? nbf : typeof iat === 'number' ? iat : now;
  // Counted from now as well, or a start date in the future would lend the token a longer life.
  if (exp - start > LONGEST_LIFE_SECONDS || exp - now > LONGEST_LIFE_SECONDS + CLOCK_SKEW_SECONDS) {
    throw new AccessTokenError(20157);
  }
  return exp;
}

function checkGrants(granted: unknown): Pick<AccessTokenClaims, 'identity' | 'grants'> {
  if (!isObject(granted)) throw new AccessTokenError(20106);
  const { identity, ...products } = granted;
  if (typeof identity !== 'string' || identity === '') throw new AccessTokenError(20106);
  const grants: Record<string, Json> = Object.create(null);
  for (const [product, grant] of Object.entries(products)) if (isObject(grant)) grants[product] = grant;
  return { identity, grants };
}
