/** A request as the runtime hands it over, taken apart: headers we can trust, and the caller's parameters. */
import { randomUUID } from 'node:crypto';
import type { Environment } from '../config';
import { FoyerError } from '../domain/errors';
import { sameSecret } from '../domain/secrets';

export type Headers = Readonly<Record<string, string>>;

export interface Incoming {
  /** Lower-case names; the first value of each. */
  readonly headers: Headers;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Taken over from the front port or the caller, else new. */
  readonly requestId: string;
  /** The client's address as far as we know it. */
  readonly client: string;
  readonly host: string;
  readonly isSecure: boolean;
}

const MAX_PARAMETERS = 100;
const REQUEST_ID = /^[\w.:-]{1,100}$/;
const HOST = /^[a-z0-9.:[\]_-]{1,255}$/i;

/**
 * The runtime merges query and body over `{request: {headers, cookies}}`, so a parameter named `request`
 * replaces the headers by whatever the caller likes. The front port marks what it passes on; behind it, a
 * request without the mark is one whose headers were replaced.
 * @throws FoyerError `invalid-input`.
 */
export function readIncoming(event: Readonly<Record<string, unknown>>, environment: Environment): Incoming {
  const { request, ...parameters } = event;
  const headers = headersOf(request);
  const mark = environment['FRONT_PORT_SECRET'];
  const isForged =
    typeof mark === 'string' && mark !== '' && !sameSecret(headers?.['x-foyer-front'] ?? '', mark);
  if (!headers || isForged) throw new FoyerError('invalid-input', 'no parameter may be named request.');
  const count = Object.keys(parameters).length;
  if (count > MAX_PARAMETERS) {
    throw new FoyerError(
      'invalid-input',
      `${count} parameters are too many; send at most ${MAX_PARAMETERS}.`,
    );
  }
  const requestId = headers['x-request-id'] ?? '';
  const host = firstOf(headers['x-forwarded-host']) || headers['host'] || '';
  return {
    headers,
    parameters,
    requestId: REQUEST_ID.test(requestId) ? requestId : randomUUID(),
    client: firstOf(headers['x-forwarded-for']),
    host: HOST.test(host) ? host : '',
    isSecure: isSecure(headers, environment),
  };
}

function headersOf(request: unknown): Record<string, string> | undefined {
  if (typeof request !== 'object' || request === null || !('headers' in request)) return undefined;
  const raw: unknown = request.headers;
  if (typeof raw !== 'object' || raw === null) return undefined;
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(raw)) {
    const first: unknown = Array.isArray(value) ? value[0] : value;
    if (typeof first === 'string') headers[name.toLowerCase()] = first;
  }
  return headers;
}

/** Twilio serves nothing but https; a local run is http unless a tunnel says otherwise. */
function isSecure(headers: Headers, environment: Environment): boolean {
  const forwarded = firstOf(headers['x-forwarded-proto']);
  if (forwarded !== '') return forwarded === 'https' || forwarded === 'wss';
  const domain = environment['DOMAIN_NAME'];
  return typeof domain === 'string' && domain.endsWith('.twil.io');
}

const firstOf = (list: string | undefined): string => (list ?? '').split(',', 1)[0]?.trim() ?? '';
