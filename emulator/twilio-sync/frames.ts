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

/** A frame in a binary WebSocket message of its own, ready for any client's socket. */
export function encodeFrame(header: Json, payload?: string): Buffer {
  const size = payload === undefined ? 0 : Buffer.byteLength(payload);
  const described = size > 0 ? { payload_type: 'application/json', ...header } : header;
  const text = JSON.stringify({ ...described, payload_size: size });
  const body = size > 0 ? `${payload}${BREAK}` : '';
  return binaryMessage(`${MAGIC} ${Buffer.byteLength(text)}${BREAK}${text}${BREAK}${body}`);
}

/** Final, binary, unmasked: https://www.rfc-editor.org/rfc/rfc6455#section-5.2 */
function binaryMessage(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const lengthBytes = length < 126 ? 0 : length < 2 ** 16 ? 2 : 8;
  const start = 2 + lengthBytes;
  const message = Buffer.allocUnsafe(start + length);
  message[0] = 0x82;
  message[1] = lengthBytes === 0 ? length : lengthBytes === 2 ? 126 : 127;
  if (lengthBytes === 2) message.writeUInt16BE(length, 2);
  if (lengthBytes === 8) message.writeBigUInt64BE(BigInt(length), 2);
  message.write(text, start);
  return message;
}

/** How far into a frame its method is looked for. */
const METHOD_WITHIN_BYTES = 128;

/** Clients confirm every notification; a thousand confirmations must not cost a thousand parses. */
export const isConfirmation = (bytes: Buffer): boolean =>
  bytes.subarray(0, METHOD_WITHIN_BYTES).includes('"method":"reply"');

/** @throws {SyntaxError} for whatever is not a frame */
export function decodeFrame(bytes: Buffer): Frame {
  const lineEnd = bytes.indexOf(BREAK);
  const size = /^TWILSOCK V3\.0 (\d{1,9})$/.exec(bytes.toString('latin1', 0, Math.min(lineEnd, 64)))?.[1];
  if (lineEnd < 0 || size === undefined) throw new SyntaxError('not a Twilsock frame');
  const start = lineEnd + BREAK.length;
  const end = start + Number(size);
  if (end > bytes.length) throw new SyntaxError('the header is shorter than announced');
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
