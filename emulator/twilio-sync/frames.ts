/** The Twilsock wire format: `TWILSOCK V3.0 <header bytes>\r\n<header JSON>\r\n[<payload>\r\n]`, sizes in UTF-8 bytes. */
import { randomUUID } from 'node:crypto';
import type { Json } from './state';

const MAGIC = 'TWILSOCK V3.0';
const BREAK = '\r\n';

export interface Frame {
  readonly header: Json;
  /** Empty if there is none. */
  readonly payload: string;
}

export const newMessageId = (): string => `TM${randomUUID()}`;

export function encodeFrame(header: Json, payload?: string): Buffer {
  const size = payload === undefined ? 0 : Buffer.byteLength(payload);
  const described = size > 0 ? { payload_type: 'application/json', ...header } : header;
  const text = JSON.stringify({ ...described, payload_size: size });
  const body = size > 0 ? `${payload}${BREAK}` : '';
  return Buffer.from(`${MAGIC} ${Buffer.byteLength(text)}${BREAK}${text}${BREAK}${body}`);
}

/** @throws {SyntaxError} for whatever is not a frame */
export function decodeFrame(bytes: Buffer): Frame {
  const lineEnd = bytes.indexOf(BREAK);
  const size = /^TWILSOCK V3\.0 (\d{1,9})$/.exec(bytes.toString('latin1', 0, Math.min(lineEnd, 64)))?.[1];
  if (lineEnd < 0 || size === undefined) throw new SyntaxError('not a Twilsock frame');
  const start = lineEnd + BREAK.length;
  const end = start + Number(size);
  const header: unknown = JSON.parse(bytes.toString('utf8', start, end));
  if (typeof header !== 'object' || header === null || Array.isArray(header)) {
    throw new SyntaxError('a Twilsock header is an object');
  }
  const payloadStart = end + BREAK.length;
  const payloadSize = sizeOf((header as Json)['payload_size']);
  if (payloadSize > 0 && payloadStart + payloadSize > bytes.length) {
    throw new SyntaxError('the payload is shorter than announced');
  }
  return {
    header: header as Json,
    payload: bytes.toString('utf8', payloadStart, payloadStart + payloadSize),
  };
}

/** An absent size is none. */
function sizeOf(given: unknown): number {
  if (given === undefined) return 0;
  if (!Number.isInteger(given) || Number(given) < 0)
    throw new SyntaxError('payload_size is a number of bytes');
  return Number(given);
}

/**
 * All subscribers get the very same bytes: an id need only be unique to its receiver, and every connection registers
 * under the same notification context.
 */
export const NOTIFICATION_CONTEXT = randomUUID();

export const notificationFrame = (messageType: string, payload: Json): Buffer =>
  encodeFrame(
    {
      method: 'notification',
      id: newMessageId(),
      message_type: messageType,
      notification_ctx_id: NOTIFICATION_CONTEXT,
    },
    JSON.stringify(payload),
  );
