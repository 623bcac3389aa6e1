/** A request as the runtime hands it over, taken apart: headers we can trust, and the caller's parameters. */
import { randomUUID } from 'node:crypto';
import { domainOnTwilio, type Environment } from '../config/settings';
import { FoyerError } from '../domain/errors';
import { sameSecret } from '../domain/secrets';

export type Headers = Readonly<Record<string, string>>;

export interface Incoming {
  /** Lower-case names; the first value of each. */
  readonly headers: Headers;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Taken over from the front port or the caller, else new. */
  readonly requestId: string;
  /** Of the caller's trace, where one goes on here: 32 hexadecimal digits. */
  readonly traceId?: string;
  /** The client's network address as the front port saw it; '' without one, the runtime hides it. */
  readonly client: string;
  readonly host: string;
  readonly isSecure: boolean;
  /** Behind the front port alone; the runtime hides it. */
  readonly verb?: string;
  /** Whose signature the front port found right, where it was asked to look. */
  readonly signedBy?: string;
}

const MAX_PARAMETERS = 100;
const REQUEST_ID = /^[\w.:-]{1,100}$/;
/** https://www.w3.org/TR/trace-context/#traceparent-header; zeros alone are no id. */
const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-|$)/;
const HOST = /^[a-z0-9.:[\]_-]{1,255}$/i;

/**
 * The runtime merges query and body over `{request: {headers, cookies}}`, so a parameter named `request`
 * replaces the headers by whatever the caller likes. The front port marks what it passes on; behind it, a
 * request without the mark is one whose headers were replaced. It, or a gateway, also says where the client is and by which
 * origin it came, because the runtime hides every `x-forwarded-*` header from functions.
 * @throws FoyerError `invalid-input`.
 */
export function readIncoming(event: Readonly<Record<string, unknown>>, environment: Environment): Incoming {
  const { request, ...parameters } = event;
  const headers = headersOf(request);
  const mark = headers?.['x-foyer-front'] ?? '';
  const isSaidBy = (secret: unknown): boolean =>
    typeof secret === 'string' && secret !== '' && sameSecret(mark, secret);
  const front = environment['FRONT_PORT_SECRET'];
  const needsMark = typeof front === 'string' && front !== '';
  // A gateway may stand before a deployed service, too, which takes requests from anywhere.
  const isBehindFront = isSaidBy(front) || isSaidBy(environment['GATEWAY_SECRET']);
  if (!headers || (needsMark && !isBehindFront)) {
    throw new FoyerError('invalid-input', 'no parameter may be named request.');
  }
  const count = Object.keys(parameters).length;
  if (count > MAX_PARAMETERS) {
    throw new FoyerError(
      'invalid-input',
      `${count} parameters are too many; send at most ${MAX_PARAMETERS}.`,
    );
  }
  const requestId = headers['x-request-id'] ?? '';
  const traceId = TRACEPARENT.exec(headers['traceparent'] ?? '')?.[1];
  return {
    headers,
    parameters: isBehindFront ? withAddress(parameters, headers['x-foyer-path'] ?? '') : parameters,
    requestId: REQUEST_ID.test(requestId) ? requestId : randomUUID(),
    ...(traceId === undefined ? {} : { traceId }),
    client: isBehindFront ? (headers['x-foyer-client'] ?? '') : '',
    ...originOf(headers, isBehindFront, environment),
    ...(isBehindFront && headers['x-foyer-verb'] !== undefined ? { verb: headers['x-foyer-verb'] } : {}),
    ...(isBehindFront && headers['x-foyer-signed-by'] !== undefined
      ? { signedBy: headers['x-foyer-signed-by'] }
      : {}),
  };
}

/** What the address itself said goes with the parameters, and is not to be contradicted by one. */
function withAddress(parameters: Incoming['parameters'], address: string): Incoming['parameters'] {
  const said = Object.fromEntries(new URLSearchParams(address));
  const name = Object.keys(said).find((name) => (parameters[name] ?? said[name]) !== said[name]);
  if (name !== undefined) {
    throw new FoyerError(
      'invalid-input',
      `${name} is in the address already; leave it out of the parameters.`,
    );
  }
  return { ...parameters, ...said };
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

/** By which the browser came. Twilio serves nothing but https; a local run is http unless a tunnel says otherwise. */
function originOf(
  headers: Headers,
  isBehindFront: boolean,
  environment: Environment,
): Pick<Incoming, 'host' | 'isSecure'> {
  const [scheme, told] = (isBehindFront ? (headers['x-foyer-origin'] ?? '') : '').split('://');
  const host = told || headers['host'] || '';
  const isOnTwilio = domainOnTwilio(environment) !== undefined;
  return { host: HOST.test(host) ? host : '', isSecure: told ? scheme === 'https' : isOnTwilio };
}
