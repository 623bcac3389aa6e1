/**
 * Reads the body of a request for a function and refuses what the runtime would drop, mangle or answer with
 * a stack trace: it parses JSON objects and forms, nothing else.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Refusal } from './answers';
import { parameterCount, tooManyParameters } from './gate';
import { LIMITS } from './limits';

export type Body = { readonly bytes: Buffer } | { readonly refusal: Refusal } | { readonly gone: true };

const TOO_LARGE: Refusal = {
  status: 413,
  message: `the request body is too large: ${LIMITS.bodyBytes} bytes are allowed.`,
};

/** The whole body of any type, exactly as it was sent. */
export async function readBytes(req: IncomingMessage): Promise<Body> {
  const bytes = await collect(req);
  if (bytes === 'gone') return { gone: true };
  return bytes === 'too large' ? { refusal: TOO_LARGE } : { bytes };
}

/**
 * The whole body, or why not; `gone` when the client went away. What is left unread after a refusal is
 * discarded by Node within the request timeout, so that the client gets to read the answer.
 */
export async function readBody(req: IncomingMessage, res: ServerResponse): Promise<Body> {
  if (Number(req.headers['content-length'] ?? 0) > LIMITS.bodyBytes) return { refusal: TOO_LARGE };
  const early = mediaTypeRefusal(req);
  const mayHaveBody =
    req.headers['transfer-encoding'] !== undefined || req.headers['content-length'] !== undefined;
  if (!mayHaveBody) return { bytes: Buffer.alloc(0) };
  if (req.headers.expect !== undefined) res.writeContinue();

  const bytes = await collect(req);
  if (bytes === 'gone') return { gone: true };
  if (bytes === 'too large') return { refusal: TOO_LARGE };
  if (bytes.length === 0) return { bytes };
  const refusal = early ?? contentRefusal(req, bytes);
  return refusal ? { refusal } : { bytes };
}

function collect(req: IncomingMessage): Promise<Buffer | 'gone' | 'too large'> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const settle = (outcome: Buffer | 'gone' | 'too large'): void => {
      req.removeAllListeners('data');
      resolve(outcome);
    };
    req.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= LIMITS.bodyBytes) {
        chunks.push(chunk);
        return;
      }
      settle('too large');
      req.resume();
    });
    req.once('end', () => settle(Buffer.concat(chunks)));
    req.once('error', () => settle('gone'));
    req.once('close', () => settle('gone'));
  });
}

type Media = { readonly type: string; readonly charset: string | undefined };

function mediaOf(req: IncomingMessage): Media {
  const [type = '', ...parameters] = (req.headers['content-type'] ?? '').split(';');
  const charset = parameters.map((p) => /^\s*charset\s*=\s*"?([^"\s]*)"?\s*$/i.exec(p)?.[1]).find(Boolean);
  return { type: type.trim().toLowerCase(), charset: charset?.toLowerCase() };
}

const JSON_TYPE = 'application/json';
const FORM_TYPE = 'application/x-www-form-urlencoded';

function mediaTypeRefusal(req: IncomingMessage): Refusal | undefined {
  const { type, charset } = mediaOf(req);
  const encoding = req.headers['content-encoding'];
  if (type !== JSON_TYPE && type !== FORM_TYPE) {
    return { status: 415, message: `the request body must be ${JSON_TYPE} or ${FORM_TYPE}.` };
  }
  if (charset !== undefined && charset !== 'utf-8') {
    return { status: 415, message: 'the request body must be in UTF-8.' };
  }
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
    return { status: 415, message: 'the request body must not be compressed.' };
  }
  return undefined;
}

function contentRefusal(req: IncomingMessage, bytes: Buffer): Refusal | undefined {
  const text = decode(bytes);
  if (text === undefined) return { status: 400, message: 'the request body is not valid UTF-8.' };
  if (mediaOf(req).type === FORM_TYPE) {
    return parameterCount(text) > LIMITS.parameters ? tooManyParameters('form') : undefined;
  }
  const value = parse(text);
  if (value === undefined) return { status: 400, message: 'the request body is not valid JSON.' };
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    return { status: 400, message: 'the request body must be a JSON object, such as {"name": "value"}.' };
  }
  return undefined;
}

function decode(bytes: Buffer): string | undefined {
  try {
    // A byte order mark is kept, and so refused: the runtime's JSON parser does not take one.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
