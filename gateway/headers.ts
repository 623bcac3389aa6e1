/**
 * Which headers cross the front port, in both directions.
 *
 * The runtime hides every `x-forwarded-*` header from functions, locally and in production. What functions
 * need of them therefore travels in headers of our own, which no client can set: they are stripped here.
 */
import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { forwardedFor, networkOf, type ProxyTrust } from './client-address';
import { isSecret } from './secret';

/** Carries the shared secret by which a function knows that `event.request` is genuine. */
const FRONT_HEADER = 'x-foyer-front';
/** Whom limits are counted by: the network of the socket's address, or of what a tunnel on this machine says. */
const CLIENT_HEADER = 'x-foyer-client';
/** The origin that the browser came by, such as `https://meet.example`. */
const ORIGIN_HEADER = 'x-foyer-origin';
/** What the address itself says: parameters, encoded like a query. */
export const PATH_HEADER = 'x-foyer-path';
/** The verb that the client used, which no function gets to see. */
const VERB_HEADER = 'x-foyer-verb';
/** Whose signature was found right. */
export const SIGNED_HEADER = 'x-foyer-signed-by';
const OWN_PREFIX = 'x-foyer-';
/** A secret of its own: whoever knows it may send it. */
const GATEWAY_HEADER = 'x-foyer-gateway';

/** RFC 9110 section 7.6.1: these speak of one connection and are never passed on. */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

const SANE_REQUEST_ID = /^[\w.:-]{1,100}$/;
const SANE_HOST = /^[\w.-]+(:\d{1,5})?$|^\[[0-9a-fA-F:.]+\](:\d{1,5})?$/;

/** Takes over the client's request id if it is harmless to log, else makes one. */
export function requestIdOf(headers: IncomingHttpHeaders): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && SANE_REQUEST_ID.test(given) ? given : randomUUID();
}

/** Whom the front port believes, and by what it is believed itself. */
export interface Trust {
  /** Sent with every request to the functions, which so know that it came through here. */
  readonly secret: string;
  /** By it a gateway is known, in front of this one too: what such a one says of its clients is passed on. */
  readonly gatewaySecret?: string | undefined;
  readonly isProxy: ProxyTrust;
}

/** By which the browser came. */
export function originOf(headers: IncomingHttpHeaders): string | undefined {
  const host = firstOf(headers['x-forwarded-host']) ?? headers.host;
  if (host === undefined || !SANE_HOST.test(host)) return undefined;
  return `${firstOf(headers['x-forwarded-proto']) === 'https' ? 'https' : 'http'}://${host}`;
}

const single = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value.join(', ') : value;

const firstOf = (value: string | string[] | undefined): string | undefined =>
  single(value)?.split(',')[0]?.trim() || undefined;

/**
 * Headers for the functions: the client's, joined when repeated, without hop-by-hop and without our own.
 * `Host` stays as it came.
 */
export function requestHeaders(
  req: IncomingMessage,
  trust: Trust,
  about: {
    requestId: string;
    bodyBytes: number | undefined;
    instead?: Readonly<Record<string, string>> | undefined;
  },
): OutgoingHttpHeaders {
  const headers = withoutHopByHop(req.headers);
  for (const name of Object.keys(headers)) {
    if (name.startsWith(OWN_PREFIX) && name !== GATEWAY_HEADER) delete headers[name];
  }
  // A body was read whole: it has a length now, and the 100-continue was ours to give.
  delete headers['expect'];
  delete headers['content-length'];
  if (about.bodyBytes !== undefined) headers['content-length'] = about.bodyBytes;

  const { chain, client } = forwardedFor(req, trust.isProxy);
  headers['x-forwarded-for'] = chain;
  headers['x-request-id'] = about.requestId;
  headers[CLIENT_HEADER] = networkOf(client);
  headers[VERB_HEADER] = req.method;
  const origin = originOf(req.headers);
  if (origin !== undefined) headers[ORIGIN_HEADER] = origin;
  return { ...headers, ...saidByGateway(req, trust), [FRONT_HEADER]: trust.secret, ...about.instead };
}

/** Our own headers, where a gateway in front of this one set them. */
function saidByGateway({ headers }: IncomingMessage, { gatewaySecret = '' }: Trust): OutgoingHttpHeaders {
  if (!isSecret(headers[FRONT_HEADER], gatewaySecret)) return {};
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith(OWN_PREFIX)));
}

/** Headers by which a gateway itself talks to the functions. */
export const gatewayHeaders = (
  { secret, gatewaySecret = '' }: Trust,
  client: { readonly address?: string; readonly origin?: string | undefined } = {},
): OutgoingHttpHeaders => ({
  [FRONT_HEADER]: secret,
  [GATEWAY_HEADER]: gatewaySecret,
  ...(client.address !== undefined && { [CLIENT_HEADER]: networkOf(client.address) }),
  ...(client.origin !== undefined && { [ORIGIN_HEADER]: client.origin }),
});

/** Headers for the client: the runtime's, without hop-by-hop and without its advertisement. */
export function responseHeaders(upstream: IncomingHttpHeaders, requestId: string): OutgoingHttpHeaders {
  const headers = withoutHopByHop(upstream);
  delete headers['x-powered-by'];
  headers['x-request-id'] = requestId;
  return headers;
}

function withoutHopByHop(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  const named = new Set((headers.connection ?? '').split(',').map((name) => name.trim().toLowerCase()));
  const kept: OutgoingHttpHeaders = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && !HOP_BY_HOP.has(name) && !named.has(name)) kept[name] = value;
  }
  return kept;
}
