/** One call to the server. Parameters travel in the body, or are no secret: none is ever part of a URL. */
import { Refusal, refusalOf } from './refusal';

/** Longer than the server's own limit of 10 s, with a slow network's share. */
const PATIENCE_MS = 20_000;
const MAX_TRIES = 4;
/** Who is told to wait longer than this is told so, instead of waiting behind a button. */
const LONGEST_WAIT_SECONDS = 8;

export interface Calling {
  /** The operator key, where one is needed. */
  readonly key?: string | undefined;
  /** How often a busy server is asked; less where each time may take it long, or somebody asks again anyway. */
  readonly tries?: number | undefined;
}

/**
 * Busy servers (503, 429) are asked again when they say so, a few times.
 * @throws Refusal
 */
export const call = <Answer>(path: string, parameters: object, calling?: Calling): Promise<Answer> =>
  asked<Answer>(() => send(path, JSON.stringify(parameters), calling), calling?.tries);

/** Likewise, where the verb says that nothing but reading is meant. @param query nothing secret @throws Refusal */
export function read<Answer>(
  path: string,
  query: Readonly<Record<string, string>>,
  calling?: Calling,
): Promise<Answer> {
  const address = `${path}?${new URLSearchParams(query).toString()}`;
  return asked<Answer>(() => send(address, undefined, calling), calling?.tries);
}

async function asked<Answer>(ask: () => Promise<Response>, most = MAX_TRIES): Promise<Answer> {
  for (let tries = 1; ; tries += 1) {
    const response = await ask();
    const body = await response.text().catch(() => {
      throw new Refusal('offline');
    });
    if (response.ok) return JSON.parse(body) as Answer;
    const refusal = refusalOf(response.status, body, secondsIn(response.headers.get('retry-after')));
    const seconds = waitFor(refusal);
    if (seconds === undefined || tries >= most) throw refusal;
    // Spread out: thousands may have been told to come back at the same moment.
    await pause((seconds + Math.random()) * 1000);
  }
}

/** Seconds until the same call may succeed; undefined when waiting does not help or takes too long. */
function waitFor({ reason, retryAfter = 1 }: Refusal): number | undefined {
  if (reason !== 'busy' && reason !== 'tooManyTries') return undefined;
  return retryAfter <= LONGEST_WAIT_SECONDS ? retryAfter : undefined;
}

async function send(address: string, json: string | undefined, { key }: Calling = {}): Promise<Response> {
  try {
    return await fetch(address, {
      method: json === undefined ? 'GET' : 'POST',
      headers: {
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      },
      ...(json === undefined ? {} : { body: json }),
      signal: AbortSignal.timeout(PATIENCE_MS),
      cache: 'no-store',
    });
  } catch {
    // A key that no header can carry fails here as well; the server would refuse it just the same.
    throw new Refusal('offline');
  }
}

function secondsIn(header: string | null): number | undefined {
  const seconds = Number(header ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds : undefined;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
