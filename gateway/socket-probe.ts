/**
 * Why a WebSocket was refused: browsers do not tell their pages, so `livekit-client` asks once more by plain
 * HTTP, at the socket's path with `/validate` behind it. That question is passed on to where the socket leads.
 */
import { request, type IncomingMessage, type ServerResponse } from 'node:http';
import { CORS, refuse, TRY_AGAIN } from './answers';
import { pathOf } from './gate';
import { LIMITS } from './limits';
import type { SocketPaths } from './sockets';

const SUFFIX = '/validate';

/** @returns the origin to ask, if this is such a question. */
export function probedOrigin(req: IncomingMessage, sockets: SocketPaths): string | undefined {
  const path = pathOf(req.url);
  if (req.method !== 'GET' || !path.endsWith(SUFFIX)) return undefined;
  const socket = path.slice(0, -SUFFIX.length);
  return Object.hasOwn(sockets, socket) ? sockets[socket] : undefined;
}

/** Of the client's headers none is passed on: the token stands in the query. */
export function answerProbe(
  req: IncomingMessage,
  res: ServerResponse,
  origin: string,
  requestId: string,
): Promise<void> {
  return new Promise((resolve) => {
    res.once('close', resolve);
    const unavailable = (): void => refuse(res, undefined, requestId, TRY_AGAIN);
    const question = request(origin, { path: req.url, agent: false, timeout: LIMITS.headersMs });
    res.once('close', () => question.destroy());
    question.once('timeout', () => question.destroy(new Error('timed out')));
    question.once('error', unavailable);
    question.once('response', (answer) => {
      res.writeHead(answer.statusCode ?? 502, {
        ...CORS,
        'content-type': 'text/plain; charset=utf-8',
        'x-request-id': requestId,
        'cache-control': 'no-store',
      });
      answer.once('error', () => res.destroy());
      answer.pipe(res);
    });
    question.end();
  });
}
