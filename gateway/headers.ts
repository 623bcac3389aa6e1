/**
 * Which headers cross the front port, in both directions.
 *
 * The runtime hides every `x-forwarded-*` header from functions, locally and in production. What functions
 * need of them therefore travels in headers of our own, which no client can set: they are stripped here.
 */
import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';

/** Carries the shared secret by which a function knows that `event.request` is genuine. */
const FRONT_HEADER = 'x-foyer-front';
/** The client's network address: the socket's, or what a tunnel on this machine says. */
const CLIENT_HEADER = 'x-foyer-client';
/** The origin that the browser came by, such as `https://meet.example`. */
const ORIGIN_HEADER = 'x-foyer-origin';
/** What the address itself says: parameters, encoded like a query. */
export const PATH_HEADER = 'x-foyer-path';
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

/** The socket's address without the IPv4-in-IPv6 prefix. */
function peerOf(req: IncomingMessage): string {
  return (req.socket.remoteAddress ?? '').replace(/^::ffff:(?=\d+\.)/, '');
}

const isLoopback = (address: string): boolean => address === '::1' || address.startsWith('127.');

/** Only a peer on this machine, a tunnel's client, may speak for somebody else. */
function forwardedFor(req: IncomingMessage): { chain: string; client: string } {
  const peer = peerOf(req);
  const given = single(req.headers['x-forwarded-for']);
  if (!isLoopback(peer) || !given) return { chain: peer, client: peer };
  // The last entry is what the tunnel itself saw; those before it are the client's claims.
  const last = given.split(',').at(-1)?.trim() ?? '';
  return { chain: given, client: isIP(last) > 0 ? last : peer };
}

function originOf(headers: IncomingHttpHeaders): string | undefined {
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
  about: {
    secret: string;
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

  const { chain, client } = forwardedFor(req);
  headers['x-forwarded-for'] = chain;
  headers['x-request-id'] = about.requestId;
  headers[CLIENT_HEADER] = client;
  headers[FRONT_HEADER] = about.secret;
  const origin = originOf(req.headers);
  if (origin !== undefined) headers[ORIGIN_HEADER] = origin;
  return { ...headers, ...about.instead };
}

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
