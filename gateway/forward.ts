/** Hands a request to the functions' runtime and brings back its answer, in time and without its blemishes. */
import type { ClientRequest, IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream';
import { CORS, refuse, TRY_AGAIN, type Refusal } from './answers';
import type { Exchange } from './exchange';
import { pathOf } from './gate';
import { requestHeaders, responseHeaders, type Trust } from './headers';
import { LIMITS } from './limits';
import { readable, readErrorBody, replacementFor } from './runtime-errors';
import { requestTo, type RequestTargets, type Target } from './upstream';

const timedOut = (ms: number): Refusal => ({
  status: 504,
  message: `this took longer than ${ms / 1000} seconds; try again.`,
});

export interface ForwardOptions {
  readonly upstream: RequestTargets;
  readonly trust: Trust;
  readonly report?: (line: string) => void;
  readonly answerMs?: number;
  readonly restartMs?: number;
}

/**
 * Forwards one request, whose body has been read. Never throws: whatever happens the client has an answer
 * or has gone.
 */
export async function forward(
  exchange: Exchange,
  body: Buffer | undefined,
  options: ForwardOptions,
): Promise<void> {
  const { upstream, restartMs = LIMITS.restartMs } = options;
  const deadline = Date.now() + restartMs;
  for (;;) {
    const target = await upstream.take(Math.max(0, deadline - Date.now()));
    if (!target) return answer(exchange, TRY_AGAIN);
    try {
      const outcome = await exchangeWith(target, exchange, body, options);
      if (outcome !== 'unreached') return;
      upstream.lose(target);
    } finally {
      upstream.giveBack(target);
    }
  }
}

/** `unreached`: no byte of the request can have arrived, so it may be sent again. */
type Outcome = 'answered' | 'unreached';

function exchangeWith(
  target: Target,
  exchange: Exchange,
  body: Buffer | undefined,
  options: ForwardOptions,
): Promise<Outcome> {
  const { trust, answerMs = LIMITS.answerMs } = options;
  const { req, res, requestId, as } = exchange;
  return new Promise((resolve) => {
    const headers = requestHeaders(req, trust, { requestId, bodyBytes: body?.length, instead: as?.headers });
    if (target.isElsewhere) headers.host = target.origin.host;
    const outgoing: ClientRequest = requestTo(target, {
      method: as?.method ?? req.method,
      path: as?.path ?? req.url,
      headers,
    });
    const timer = setTimeout(() => {
      answer(exchange, timedOut(answerMs));
      outgoing.destroy();
    }, answerMs);
    const gone = (): void => {
      if (!res.writableFinished) outgoing.destroy();
    };
    res.once('close', gone);

    const settle = (outcome: Outcome): void => {
      clearTimeout(timer);
      res.off('close', gone);
      resolve(outcome);
    };
    outgoing.once('response', (upstream) => {
      clearTimeout(timer);
      void relay(exchange, upstream, options).then(() => settle('answered'));
    });
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED') return settle('unreached');
      // The process died, or the client left: whether the request took effect is unknown, so it is not repeated.
      answer(exchange, TRY_AGAIN);
      settle('answered');
    });
    outgoing.end(body);
  });
}

async function relay(
  exchange: Exchange,
  upstream: IncomingMessage,
  { report }: ForwardOptions,
): Promise<void> {
  const { req, res, requestId } = exchange;
  const status = upstream.statusCode ?? 502;
  const headers = responseHeaders(upstream.headers, requestId);
  if (status < 400) {
    const { status: instead } = exchange.as ?? {};
    if (instead === undefined) res.writeHead(status, headers);
    else res.writeHead(instead, { ...headers, 'cache-control': 'no-store' });
    await new Promise<void>((resolve) => pipeline(upstream, res, () => resolve()));
    return;
  }
  try {
    const body = await readErrorBody(upstream);
    const replacement = replacementFor(status, upstream.headers['content-type'], body);
    if (replacement) {
      const said = body === undefined ? 'a very long error' : readable(body.toString());
      report?.(`${req.method} ${pathOf(req.url)} (${requestId}): the runtime answered ${status}: ${said}`);
      return answer(exchange, replacement);
    }
    res.writeHead(status, { ...CORS, ...headers });
    res.end(body);
  } catch {
    answer(exchange, TRY_AGAIN);
  }
}

/** Says so, unless the answer has begun or the client has left. */
function answer({ res, route, requestId }: Exchange, refusal: Refusal): void {
  if (!res.destroyed && !res.writableEnded) refuse(res, route?.family, requestId, refusal);
}
