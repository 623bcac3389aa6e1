/** One call to the server, by the client that others use too. No parameter that is a secret is ever part of a URL. */
import { ask, Refused } from '../../../client/ask';
import { Refusal, refusalOf } from './refusal';

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
  asked<Answer>(ask('POST', path, parameters, calling));

/** Likewise, where the verb says that nothing but reading is meant. @param query nothing secret @throws Refusal */
export const read = <Answer>(
  path: string,
  query: Readonly<Record<string, string>>,
  calling?: Calling,
): Promise<Answer> => asked<Answer>(ask('GET', path, query, calling));

async function asked<Answer>(answer: Promise<unknown>): Promise<Answer> {
  try {
    return (await answer) as Answer;
  } catch (error) {
    if (error instanceof Refused) throw refusalOf(error.status, error.body, error.retryAfter);
    throw new Refusal('offline');
  }
}
