/** The account that an emulator plays, and the constant-time check of what a caller presents. */
import { createHash, timingSafeEqual } from 'node:crypto';

export interface Credentials {
  /** `AC…` */
  readonly accountSid: string;
  readonly authToken: string;
  /** API key SID (`SK…`) → secret. */
  readonly apiKeys: Readonly<Record<string, string>>;
}

/** Hashing first makes the lengths equal, so neither length nor content shows in the time taken. */
function sameSecret(given: string, wanted: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}

/** The secret of an API key of this account, never one inherited from Object.prototype. */
export function apiKeySecret(credentials: Credentials, keySid: string): string | undefined {
  return Object.hasOwn(credentials.apiKeys, keySid) ? credentials.apiKeys[keySid] : undefined;
}

/** True for account SID and auth token, or API key and secret, in an HTTP Basic `Authorization` header. */
export function isAuthorized(authorization: string | undefined, credentials: Credentials): boolean {
  const encoded = /^Basic +([A-Za-z0-9+/=_-]+)$/i.exec(authorization ?? '')?.[1];
  if (encoded === undefined) return false;
  const decoded = Buffer.from(encoded, 'base64').toString();
  const colon = decoded.indexOf(':');
  if (colon < 0) return false;
  const user = decoded.slice(0, colon);
  const password = decoded.slice(colon + 1);
  const wanted = user === credentials.accountSid ? credentials.authToken : apiKeySecret(credentials, user);
  return wanted !== undefined && sameSecret(password, wanted);
}
