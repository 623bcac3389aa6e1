/**
 * What clients of WebSockets ask by plain HTTP, passed on to where the socket leads. Why a socket was refused browsers
 * do not tell their pages, so `livekit-client` asks once more, at the socket's path with `/validate` behind it; 100ms'
 * asks before it opens one where that is, at `/init`, with its token in a header.
 */
import { request, type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse } from 'node:http';
import { CORS, refuse, TRY_AGAIN } from './answers';
import { pathOf } from './gate';
import { LIMITS } from './limits';
import type { SocketPaths } from './sockets';

const SUFFIX = '/validate';
const ASKED_BEFORE = '/init';
/** All else that a client sends stays here. */
const PASSED_ON = ['authorization', 'host', 'x-forwarded-host', 'x-forwarded-proto'];

/** @returns the origin to ask, if this is such a question. */
export function probedOrigin(req: IncomingMessage, sockets: SocketPaths): string | undefined {
  const path = pathOf(req.url);
  if (req.method !== 'GET' || !(path.endsWith(SUFFIX) || path === ASKED_BEFORE)) return undefined;
  const socket = path.endsWith(SUFFIX) ? path.slice(0, -SUFFIX.length) : path;
  return Object.hasOwn(sockets, socket) ? sockets[socket] : undefined;
}

/** The token stands in the query or in a header. */
export function answerProbe(
  req: IncomingMessage,
  res: ServerResponse,
  origin: string,
  requestId: string,
): Promise<void> {
  return new Promise((resolve) => {
    res.once('close', resolve);
    const unavailable = (): void => refuse(res, undefined, requestId, TRY_AGAIN);
    const headers = Object.fromEntries(
      PASSED_ON.flatMap((name) => (req.headers[name] === undefined ? [] : [[name, req.headers[name]]])),
    ) as OutgoingHttpHeaders;
    const question = request(origin, { path: req.url, headers, agent: false, timeout: LIMITS.headersMs });
    res.once('close', () => question.destroy());
    question.once('timeout', () => question.destroy(new Error('timed out')));
    question.once('error', unavailable);
    question.once('response', (answer) => {
      res.writeHead(answer.statusCode ?? 502, {
        ...CORS,
        'content-type': answer.headers['content-type'] ?? 'text/plain; charset=utf-8',
        'x-request-id': requestId,
        'cache-control': 'no-store',
      });
      answer.once('error', () => res.destroy());
      answer.pipe(res);
    });
    question.end();
  });
}
