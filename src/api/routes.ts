/**
 * Every URL that Foyer answers, with its verbs and its API family. Functions cannot see the verb of a
 * request, so the front port enforces this table; a test holds it against the files in src/functions.
 */
export type Verb = 'GET' | 'POST';

/** An API family fixes the shape of its errors; each seed defines one. */
export type Family = 'meetings' | 'calls' | 'livekit-join' | 'livekit-meetings' | 'service';

export interface Route {
  readonly path: string;
  readonly verbs: readonly Verb[];
  readonly family: Family;
}

const post = (path: string, family: Family): Route => ({ path, verbs: ['POST'], family });
const read = (path: string, family: Family): Route => ({ path, verbs: ['GET', 'POST'], family });

export const ROUTES: readonly Route[] = [
  post('/admin/create', 'meetings'),
  post('/admin/join', 'meetings'),
  post('/admin/waiting-room', 'meetings'),
  post('/admin/admit', 'meetings'),
  post('/admin/deny', 'meetings'),
  post('/admin/remove', 'meetings'),
  post('/admin/end', 'meetings'),
  post('/admin/explain', 'meetings'),
  post('/admin/invite', 'meetings'),
  post('/admin/message', 'meetings'),
  post('/user/enter-waiting-room', 'meetings'),
  post('/user/join', 'meetings'),
  post('/user/leave-waiting-room', 'meetings'),
  post('/user/test-connection', 'meetings'),
  post('/user/still-here', 'meetings'),
  post('/livekit/join-room', 'livekit-join'),
  post('/livekit/token', 'livekit-join'),
  post('/api/v1/meetings/create', 'livekit-meetings'),
  post('/api/v1/meetings/join', 'livekit-meetings'),
  read('/api/v1/meetings/info', 'livekit-meetings'),
  read('/api/v1/meetings/exists', 'livekit-meetings'),
  read('/api/v1/meetings/participants', 'livekit-meetings'),
  post('/api/v1/meetings/delete', 'livekit-meetings'),
  read('/rooms', 'service'),
  post('/rooms/token', 'service'),
  post('/rooms/history', 'service'),
  post('/gateway/room-join', 'service'),
  post('/gateway/room-leave', 'service'),
  post('/gateway/room-watch', 'service'),
  post('/gateway/room-check', 'service'),
  read('/users', 'calls'),
  post('/users/connect', 'calls'),
  post('/users/disconnect', 'calls'),
  post('/calls/start', 'calls'),
  post('/calls/answer', 'calls'),
  post('/calls/end', 'calls'),
  post('/calls/info', 'calls'),
  read('/token', 'calls'),
  post('/gateway/lease', 'service'),
  post('/gateway/connect', 'service'),
  post('/gateway/disconnect', 'service'),
  post('/gateway/check', 'service'),
  read('/health', 'service'),
  post('/webhooks/sync', 'service'),
  post('/webhooks/video', 'service'),
  post('/webhooks/twilio-video', 'service'),
  post('/webhooks/livekit-event', 'service'),
  post('/webhooks/hundredms', 'service'),
];

/**
 * What the front port answers at beside {@link ROUTES}: the seeds' own addresses, which functions cannot have.
 * A segment in braces is a parameter of that name.
 */
export interface RestPath {
  readonly verb: Verb | 'DELETE';
  readonly path: string;
  /** The path of the function that answers. */
  readonly route: string;
  /** The front port itself checks whose signature the body bears, which no function gets to see as it was sent. */
  readonly signedBy?: 'livekit';
}

/** An address at which the front port shows a page. */
export interface PagePath {
  readonly path: string;
  /** The path of the asset. */
  readonly asset: string;
}

export const PAGE_PATHS: readonly PagePath[] = [
  { path: '/meeting/{meeting_id}', asset: '/livekit-meeting.html' },
];

const MEETING = '/api/v1/meetings/{meeting_id}';

export const REST_PATHS: readonly RestPath[] = [
  { verb: 'POST', path: '/', route: '/livekit/join-room' },
  { verb: 'POST', path: `${MEETING}/join`, route: '/api/v1/meetings/join' },
  { verb: 'GET', path: `${MEETING}/info`, route: '/api/v1/meetings/info' },
  { verb: 'GET', path: `${MEETING}/exists`, route: '/api/v1/meetings/exists' },
  { verb: 'GET', path: `${MEETING}/participants`, route: '/api/v1/meetings/participants' },
  { verb: 'DELETE', path: MEETING, route: '/api/v1/meetings/delete' },
  { verb: 'POST', path: '/rooms/{roomId}/token', route: '/rooms/token' },
  { verb: 'POST', path: '/webhooks/livekit', route: '/webhooks/livekit-event', signedBy: 'livekit' },
];

/** What a client is told when a request is refused: a body and its media type. */
export interface ErrorBody {
  readonly contentType: string;
  readonly body: string | Readonly<Record<string, string>>;
}

const json = (body: Readonly<Record<string, string>>): ErrorBody => ({
  contentType: 'application/json',
  body,
});

/** The one error shape of each family. */
export const ERROR_SHAPES: Readonly<Record<Family, (message: string) => ErrorBody>> = {
  meetings: (message) => ({ contentType: 'text/plain; charset=utf-8', body: `Error: ${message}` }),
  calls: (message) => json({ message }),
  'livekit-join': (message) => json({ msg: message }),
  'livekit-meetings': (message) => json({ detail: message }),
  service: (message) => json({ message }),
};
