/** One question to the server, asked again where the server is busy. */

/** Longer than the server's own limit of 10 s, with a slow network's share. */
const PATIENCE_MS = 20_000;
const MAX_TRIES = 4;
/** Who is told to wait longer than this is told so, instead of waiting behind a button. */
const LONGEST_WAIT_SECONDS = 8;
/** Too many requests, and servers or proxies that are busy. */
const BUSY = [429, 502, 503, 504];

/** The server did not do it, and says why. */
export class Refused extends Error {
  override readonly name = 'Refused';

  constructor(
    readonly status: number,
    /** The answer's text: `Error: …`, or JSON. */
    readonly body: string,
    /** Seconds, where the server named them. */
    readonly retryAfter: number | undefined,
    /** Of the server's log line. */
    readonly requestId: string | undefined,
  ) {
    super(sentenceIn(body));
  }
}

/** No answer came: the network, or the server, is away. The request may have arrived. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

export interface Asking {
  /** The operator key, or a token of the identity provider. */
  readonly key?: string | undefined;
  /** How often a busy server is asked, 4 times unless given. */
  readonly tries?: number | undefined;
  readonly fetch?: typeof fetch | undefined;
}

/**
 * Parameters travel as JSON in the body of a POST, or in the query of a GET, which is for what is no secret.
 * @param address path or URL of the route
 * @throws Refused, Unreachable
 */
export async function ask(
  verb: 'GET' | 'POST',
  address: string,
  parameters: object,
  { key, tries = MAX_TRIES, fetch: send = fetch }: Asking = {},
): Promise<unknown> {
  const isPost = verb === 'POST';
  const url = isPost ? address : `${address}?${queryOf(parameters)}`;
  for (let tried = 1; ; tried += 1) {
    const [response, body] = await answerTo(send, url, {
      method: verb,
      headers: {
        ...(isPost ? { 'content-type': 'application/json' } : {}),
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      },
      ...(isPost ? { body: JSON.stringify(parameters) } : {}),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (response.ok) return JSON.parse(body) as unknown;
    const { status, headers } = response;
    const wait = secondsIn(headers.get('retry-after'));
    if (!BUSY.includes(status) || tried >= tries || (wait ?? 1) > LONGEST_WAIT_SECONDS) {
      throw new Refused(status, body, wait, headers.get('x-request-id') ?? undefined);
    }
    // Spread out: thousands may have been told to come back at the same moment.
    await pause(((wait ?? 1) + Math.random()) * 1000);
  }
}

async function answerTo(
  send: typeof fetch,
  url: string,
  request: RequestInit,
): Promise<readonly [Response, string]> {
  try {
    const response = await send(url, request);
    return [response, await response.text()];
  } catch (cause) {
    // A key that no header can carry fails here as well; the server would refuse it just the same.
    throw new Unreachable('no answer from the server', { cause });
  }
}

const queryOf = (parameters: object): string =>
  new URLSearchParams(
    Object.entries(parameters)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();

/** Families of routes have shapes of errors of their own. */
function sentenceIn(body: string): string {
  try {
    const { detail, message, msg } = JSON.parse(body) as Partial<Record<string, string>>;
    return detail ?? message ?? msg ?? body;
  } catch {
    return body.replace(/^Error: /, '');
  }
}

function secondsIn(header: string | null): number | undefined {
  const seconds = Number(header ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds : undefined;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
