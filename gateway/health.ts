/** Whether this process lives, and whether it takes people in: for whoever watches over it. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pathOf } from './gate';

/** What has to be so before anybody is sent here. */
export interface Readiness {
  /** @throws Error that says what is missing */
  ready(): Promise<void>;
}

/** A load balancer's question is answered sooner than it would be asked again. */
const PATIENCE_MS = 2_000;

/** @returns whether the request was such a question, which then has its answer. */
export function answerHealth(
  req: IncomingMessage,
  res: ServerResponse,
  readiness: Readiness | undefined,
): boolean {
  const path = pathOf(req.url);
  const isQuestion = req.method === 'GET' || req.method === 'HEAD';
  if (!isQuestion || (path !== '/healthz' && path !== '/readyz')) return false;
  const answer = (status: number, body: object): void => {
    if (res.destroyed || res.writableEnded) return;
    res.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
    res.end(JSON.stringify(body));
  };
  if (path === '/healthz' || !readiness) answer(200, { status: 'ok' });
  else {
    const late = setTimeout(() => answer(503, { message: 'not ready yet.' }), PATIENCE_MS);
    readiness
      .ready()
      .then(
        () => answer(200, { status: 'ready' }),
        (error: unknown) => answer(503, { message: (error as Error).message }),
      )
      .finally(() => clearTimeout(late));
  }
  return true;
}
