/** The runtime's response object, with what every answer of ours carries. */
import { ERROR_SHAPES, type Family } from '../api/routes';
import type { FoyerError } from '../domain/errors';

export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string | object;
  readonly headers?: Readonly<Record<string, string>>;
}

const COMMON_HEADERS = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'x-request-id, retry-after, www-authenticate',
  // Answers carry tokens.
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
} as const;

export const success = (body: object): Answer => ({ status: 200, contentType: 'application/json', body });

export interface FailureOptions {
  /** Seconds, for a refusal that time heals. */
  readonly retryAfter?: number | undefined;
  /** Whether a token was sent that is not valid: another one may be, RFC 6750 section 3.1. */
  readonly invalidToken?: boolean;
  /** Beside the message, where the family's errors are JSON. */
  readonly details?: FoyerError['details'];
}

export const failure = (
  family: Family,
  status: number,
  message: string,
  { retryAfter = 1, invalidToken = false, details }: FailureOptions = {},
): Answer => {
  const { contentType, body } = ERROR_SHAPES[family](message);
  return {
    status,
    contentType,
    body: typeof body === 'string' ? body : { ...body, ...details },
    headers: {
      ...(status === 429 || status === 503 ? { 'Retry-After': String(retryAfter) } : {}),
      ...(status === 401 || invalidToken
        ? { 'WWW-Authenticate': invalidToken ? 'Bearer error="invalid_token"' : 'Bearer' }
        : {}),
    },
  };
};

export function toTwilioResponse({ status, contentType, body, headers }: Answer, requestId: string) {
  const response = new Twilio.Response();
  response.setStatusCode(status);
  response.setHeaders({
    ...COMMON_HEADERS,
    ...headers,
    'Content-Type': contentType,
    'x-request-id': requestId,
  });
  response.setBody(body);
  return response;
}
