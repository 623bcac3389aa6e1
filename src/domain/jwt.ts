/** A signed JWT in compact form, HS256 (RFC 7515, RFC 7519); what it says is each vendor's own affair. */
import { createHmac } from 'node:crypto';

const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

/** @param header beside `alg` and `typ` */
export function signJwt(payload: object, secret: string, header: object = {}): string {
  const signed = `${encode({ alg: 'HS256', typ: 'JWT', ...header })}.${encode(payload)}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}
