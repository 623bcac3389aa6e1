/** A signed JWT in compact form, HS256 (RFC 7515, RFC 7519); what it says is each vendor's own affair. */
import { createHmac } from 'node:crypto';

/**
 * What would make base64url differ from base64 is escaped, so that clients can read it that know the latter only, as
 * browsers' `atob` does: six bits that are all set, or all but the last, come from nothing else.
 */
const encode = (part: object): string => {
  const json = JSON.stringify(part).replace(
    /[^\x20-\x3d\x40-\x7d]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return Buffer.from(json).toString('base64url');
};

/** @param header beside `alg` and `typ` */
export function signJwt(payload: object, secret: string, header: object = {}): string {
  const signed = `${encode({ alg: 'HS256', typ: 'JWT', ...header })}.${encode(payload)}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}
