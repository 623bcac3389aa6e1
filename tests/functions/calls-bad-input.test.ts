/** Calls and gateways: whatever is sent, the answer names what is wrong with it, and nobody is asked. */
import {
  lineIn,
  type Parameter,
  refusesBadParameters,
  refusesBadRequests,
  type Subject,
  survivesWhateverComes,
} from '../support/bad-input';
import { HUGE, NO_NAMES, NOT_NUMBERS, NOT_SCALARS, NOT_TEXT } from '../support/bad-values';
import { type Runtime, startRuntime } from '../support/runtime';

let foyer: Runtime;
let valid: Record<string, unknown>;
let headers: Record<string, string>;
beforeAll(async () => {
  foyer = await startRuntime();
  const secret = foyer.environment['GATEWAY_SECRET'] ?? '';
  // The front port hands a gateway's own headers on.
  headers = { 'x-foyer-gateway': secret, 'x-foyer-front': secret };
  const ann = await foyer.ok('/users/connect', { id: 'ann' });
  await foyer.ok('/users/connect', { id: 'ben' });
  const call = await foyer.ok('/calls/start', { callerId: 'ann', receiverId: 'ben' });
  await foyer.ok('/calls/answer', { callId: call.id, answer: 'ACCEPT' });
  valid = {
    id: 'ann',
    userId: 'ann',
    callerId: 'ann',
    receiverId: 'ben',
    callId: call.id,
    answer: 'DECLINE',
    identity: ann.identity,
    room: call.id,
    gateway: 'gateway-1',
    socket: '1',
    sockets: [{ socket: '1', id: 'ann' }],
    callIds: [call.id],
  };
});
afterEach(() => foyer.restore());
afterAll(() => foyer.close());

const USER = [...NOT_TEXT, 'x'.repeat(129), 'é'.repeat(65), 'a\nb', 'a\u0085b'];
const userId: Parameter = { bad: USER, required: true };
const name: Parameter = {
  bad: [...NOT_TEXT, ...NO_NAMES, ' \t ', 'x'.repeat(101), '🎥'.repeat(101), 'x'.repeat(100_000)],
};
const location: Parameter = { bad: [...NOT_SCALARS, 5, true, 'x'.repeat(101), 'a\u0000b'] };
const callId: Parameter = { bad: [...NOT_TEXT, 'x'.repeat(65)], required: true };
const identity = { bad: [...NOT_TEXT, 'x'.repeat(257)] };
const answer: Parameter = {
  bad: [...NOT_SCALARS, '', 'accept', 'ACCEPT ', 'MAYBE', 'ACCEPT | DECLINE', 1, true, HUGE],
  required: true,
};
const gateway: Parameter = { bad: [...NOT_TEXT, 'x'.repeat(65), 'a b', 'a/b', '..', 'é'], required: true };
const introduction = { id: userId, name, location };

const NOT_LISTS = ['', 'x', 5, true, null, {}, HUGE];

const CALLS: Subject['table'] = {
  '/users': { limit: { bad: [...NOT_NUMBERS, 1001, '1001'] }, after: { bad: USER } },
  '/users/connect': { ...introduction, identity },
  '/users/disconnect': { id: userId, identity: { ...identity, required: true } },
  '/calls/start': { callerId: userId, receiverId: userId },
  '/calls/answer': { callId, answer, userId: { bad: USER } },
  '/calls/end': { callId, userId },
  '/calls/info': { callId, userId: { bad: USER } },
  '/token': { room: callId, id: userId },
};
const GATEWAY: Subject['table'] = {
  '/gateway/lease': { gateway },
  '/gateway/connect': {
    gateway,
    socket: gateway,
    ...introduction,
    last_event_id: { bad: [...NOT_TEXT, 'x'.repeat(101)] },
  },
  '/gateway/disconnect': {
    gateway,
    sockets: {
      required: true,
      nests: true,
      bad: [
        ...NOT_LISTS,
        ['x'],
        [null],
        [[]],
        [{}],
        [{ socket: 'a b' }],
        [{ socket: '1', id: 7 }],
        [{ socket: '1', id: 'a\u0000b' }],
        Array.from({ length: 101 }, () => ({ socket: '1' })),
      ],
    },
  },
  '/gateway/check': {
    gateway,
    callIds: {
      required: true,
      nests: true,
      repeats: true,
      bad: [
        '',
        'x',
        5,
        true,
        null,
        {},
        HUGE,
        [null],
        [[]],
        [{}],
        [5],
        ['x'.repeat(65)],
        Array(101).fill('x'),
      ],
    },
  },
};

describe.each([
  { families: ['calls'], table: CALLS },
  {
    families: ['service'],
    below: '/gateway/',
    butNot: '/gateway/room-',
    mayBeBusy: ['/gateway/connect'],
    table: GATEWAY,
  },
] as const)('$families', (part) => {
  const subject: Subject = {
    ...part,
    foyer: () => foyer,
    right: () => valid,
    headers: () => headers,
    lineOf: (reply) => (reply.status === 409 ? reply.json.message : lineIn('message')(reply)),
  };
  refusesBadParameters(subject);
  refusesBadRequests(subject);
  survivesWhateverComes(subject);
});

test('a token is asked for in one way, not in two', async () => {
  const { room } = valid;
  for (const [parameters, named] of [
    [{}, /^room is missing: it must be the id of a call/],
    [{ id: 'ann' }, /^room is missing/],
    [{ room }, /^id is missing: it must be the id of a user/],
    [{ room, id: 'ann', room_name: room }, /^room_name: give either room or room_name/],
    [{ room_name: room, participant_identity: 'ann', room_config: { agents: [] } }, /^room_config: is not/],
    [{ room_name: room, participant_identity: 'a\u0000b' }, /^participant_identity must be/],
  ] as const) {
    const reply = await foyer.call('/token', { ...parameters });
    expect([reply.status, reply.json]).toEqual([400, { message: expect.stringMatching(named) }]);
  }
});

test('the methods are those of the seed', async () => {
  for (const path of ['/users', '/token']) expect((await foyer.verb('GET', path)).status).not.toBe(405);
  for (const path of Object.keys({ ...CALLS, ...GATEWAY })) {
    for (const verb of ['PUT', 'DELETE', 'PATCH', 'HEAD']) {
      expect((await foyer.verb(verb, path)).status).toBe(405);
    }
    if (!['/users', '/token'].includes(path)) {
      const { status, json } = await foyer.verb('GET', path);
      expect([status, json]).toEqual([405, { message: expect.stringMatching(/use POST/) }]);
    }
  }
});
