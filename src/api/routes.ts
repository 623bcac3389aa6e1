/**
 * Every URL that Foyer answers, with its verbs and its API family. Functions cannot see the verb of a
 * request, so the front port enforces this table; a test holds it against the files in src/functions.
 */
export type Verb = 'GET' | 'POST';

/** An API family fixes the shape of its errors; each seed defines one. */
export type Family = 'meetings' | 'service';

export interface Route {
  readonly path: string;
  readonly verbs: readonly Verb[];
  readonly family: Family;
}

const post = (path: string, family: Family): Route => ({ path, verbs: ['POST'], family });

export const ROUTES: readonly Route[] = [
  post('/admin/create', 'meetings'),
  post('/admin/join', 'meetings'),
  post('/admin/waiting-room', 'meetings'),
  post('/admin/admit', 'meetings'),
  post('/admin/deny', 'meetings'),
  post('/admin/remove', 'meetings'),
  post('/admin/end', 'meetings'),
  post('/user/enter-waiting-room', 'meetings'),
  post('/user/join', 'meetings'),
  post('/user/leave-waiting-room', 'meetings'),
  post('/webhooks/sync', 'service'),
  post('/webhooks/video', 'service'),
];

/** What a client is told when a request is refused: a body and its media type. */
export interface ErrorBody {
  readonly contentType: string;
  readonly body: string | { readonly message: string };
}

/** The one error shape of each family. */
export const ERROR_SHAPES: Readonly<Record<Family, (message: string) => ErrorBody>> = {
  meetings: (message) => ({ contentType: 'text/plain; charset=utf-8', body: `Error: ${message}` }),
  service: (message) => ({ contentType: 'application/json', body: { message } }),
};
