/** The gateway's requests to the functions: in JSON, a bounded number at a time, repeated while it makes sense. */
import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { requestTo, type RequestTargets, type Target } from '../upstream';
import { LIVE_LIMITS, type Pace } from './limits';
import { Refused, TRY_LATER } from './refusal';
import { Turns } from './turns';
import { isObject } from './wire';

export type Answer = Readonly<Record<string, unknown>>;

/** Who asks, where that is a client. */
export interface OnBehalf {
  /** The client's own credentials, `Bearer …`. */
  readonly authorization?: string | undefined;
  readonly address?: string;
  /** By which the client came. */
  readonly origin?: string | undefined;
}

export interface PostOptions {
  readonly behalf?: OnBehalf;
  /** How long a service that is away or busy is asked again. */
  readonly patienceMs?: number;
  /** It waits for nobody: while thousands connect, their lease must not end, nor a ring go on for too long. */
  readonly isUrgent?: boolean;
}

export interface FunctionsClient {
  /** @throws Refused as the functions said it, or "try again" */
  post(path: string, body: object, options?: PostOptions): Promise<Answer>;
}

export interface FunctionsClientOptions {
  readonly targets: RequestTargets;
  readonly headers: (behalf: OnBehalf) => OutgoingHttpHeaders;
  readonly pace: Pace;
}

/** Too many requests, or nobody there: the same again may go well. */
const isPassing = (status: number): boolean => status === 429 || status >= 500;
/** Nothing that functions answer the gateway is longer. */
const ANSWER_BYTES = 1024 * 1024;

export function createFunctionsClient({ targets, headers, pace }: FunctionsClientOptions): FunctionsClient {
  const turns = new Turns(LIVE_LIMITS.requestsAtOnce);

  const once = async (path: string, body: object, behalf: OnBehalf): Promise<Reply> => {
    const target = await targets.take(pace.retryMs);
    if (!target) return NOBODY;
    try {
      return await exchange(target, path, JSON.stringify(body), headers(behalf), pace.requestMs);
    } finally {
      targets.giveBack(target);
    }
  };

  return {
    async post(path, body, { behalf = {}, patienceMs = 0, isUrgent = false } = {}) {
      const ask = (): Promise<Reply> => once(path, body, behalf);
      const deadline = Date.now() + patienceMs;
      for (let waitMs = pace.retryMs; ; waitMs = Math.min(2 * waitMs, pace.slowestRetryMs)) {
        const { status, json } = await (isUrgent ? ask() : turns.take(ask));
        if (status === 200) return json;
        if (!isPassing(status)) {
          const message = typeof json['message'] === 'string' ? json['message'] : 'this was refused.';
          throw new Refused(status, message);
        }
        const pause = waitMs * (0.5 + Math.random() / 2);
        if (Date.now() + pause > deadline) throw TRY_LATER;
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    },
  };
}

interface Reply {
  readonly status: number;
  readonly json: Answer;
}

const NOBODY: Reply = { status: 503, json: {} };

/** Never rejects. */
function exchange(
  target: Target,
  path: string,
  body: string,
  headers: OutgoingHttpHeaders,
  timeoutMs: number,
): Promise<Reply> {
  return new Promise((resolve) => {
    const outgoing = requestTo(target, {
      method: 'POST',
      path,
      headers: { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
    });
    const timer = setTimeout(() => outgoing.destroy(new Error('timed out')), timeoutMs);
    const settle = (reply: Reply): void => {
      clearTimeout(timer);
      resolve(reply);
    };
    outgoing.once('error', () => settle(NOBODY));
    outgoing.once('response', (response) => {
      void read(response).then((text) =>
        settle(text === undefined ? NOBODY : { status: response.statusCode ?? 502, json: parsed(text) }),
      );
    });
    outgoing.end(body);
  });
}

/** @returns undefined when it broke off, or goes on and on. */
async function read(response: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > ANSWER_BYTES) return undefined;
      chunks.push(chunk);
    }
  } catch {
    return undefined;
  }
  return Buffer.concat(chunks).toString();
}

function parsed(text: string): Answer {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}
