/** The front port's own answers: every refusal in the shape of its API family, readable across origins. */
import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { ERROR_SHAPES, type Family } from '../src/api/routes';

export const CORS: Readonly<Record<string, string>> = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'x-request-id, retry-after',
};

const PREFLIGHT: Readonly<Record<string, string>> = {
  ...CORS,
  'access-control-allow-headers': 'authorization, content-type, x-request-id, traceparent',
  'access-control-max-age': '86400',
};

/** Why a request was not handed to the functions. */
export interface Refusal {
  readonly status: number;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One wording for everything that is not, or not yet, answered by the functions. */
export const TRY_AGAIN: Refusal = {
  status: 503,
  message: 'the service is not available for the moment; try again.',
  headers: { 'retry-after': '1' },
};

/** Answers with an error in the shape of the family; plain text where there is none. */
export function refuse(
  res: ServerResponse,
  family: Family | undefined,
  requestId: string,
  refusal: Refusal,
): void {
  if (res.headersSent) {
    res.destroy();
    return;
  }
  const { contentType, body } = ERROR_SHAPES[family ?? 'meetings'](refusal.message);
  send(res, refusal.status, typeof body === 'string' ? body : JSON.stringify(body), {
    'content-type': contentType,
    'cache-control': 'no-store',
    ...CORS,
    ...refusal.headers,
    'x-request-id': requestId,
  });
}

/** Answers a browser's question which verbs and headers it may use. */
export function answerPreflight(res: ServerResponse, verbs: readonly string[], requestId: string): void {
  const allow = [...verbs, 'OPTIONS'].join(', ');
  res.writeHead(204, {
    ...PREFLIGHT,
    allow,
    'access-control-allow-methods': allow,
    'x-request-id': requestId,
  });
  res.end();
}

function send(res: ServerResponse, status: number, body: string, headers: OutgoingHttpHeaders): void {
  res.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  res.end(body);
}
