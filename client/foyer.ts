/** The client, for browsers and Node: every route by its path, with the types of what it takes and answers. */
import { ask, type Asking } from './ask';
import type { Reads, Routes } from './routes';

export { ask, type Asking, Refused, Unreachable } from './ask';
export type { Reads, Routes } from './routes';

export interface FoyerOptions extends Omit<Asking, 'key'> {
  /** Where the service is, such as `https://meet.example.com`; a page's own origin unless given. */
  readonly origin?: string;
  /** Asked for each time: keys are changed, and tokens run out. */
  readonly key?: string | (() => string | undefined);
}

/** They may be left out where all of them may. */
type Parameters<R> = string extends keyof R
  ? [parameters?: R]
  : Partial<R> extends R
    ? [parameters?: R]
    : [parameters: R];

export interface Foyer {
  /** @throws Refused with the server's sentence; Unreachable */
  post<P extends keyof Routes>(
    path: P,
    ...parameters: Parameters<Routes[P]['request']>
  ): Promise<Routes[P]['answer']>;
  /** Where the route allows GET. Parameters travel in the address: no secrets. @throws Refused; Unreachable */
  get<P extends keyof Reads>(
    path: P,
    ...parameters: Parameters<Reads[P]['request']>
  ): Promise<Reads[P]['answer']>;
}

/**
 * `const foyer = createFoyer({ origin, key }); const { meeting_id } = await foyer.post('/admin/create');`
 * A busy server is asked again, up to four times.
 */
export function createFoyer({ origin = '', key, ...asking }: FoyerOptions = {}): Foyer {
  const send = (verb: 'GET' | 'POST', path: string, parameters: object = {}): Promise<never> =>
    ask(verb, origin + path, parameters, {
      ...asking,
      key: typeof key === 'function' ? key() : key,
    }) as Promise<never>;
  return {
    post: (path, ...[parameters]) => send('POST', path, parameters),
    get: (path, ...[parameters]) => send('GET', path, parameters),
  };
}
