/** Whatever a caller sends, the answer says what is wrong with it in one line, and nothing has changed. */
import {
  lineOfText,
  type Parameter,
  quiet,
  refusesBadParameters,
  refusesBadRequests,
  type Subject,
  survivesWhateverComes,
} from '../support/bad-input';
import { HUGE, NO_NAMES, NOT_NUMBERS, NOT_SCALARS, NOT_TEXT } from '../support/bad-values';
import { type Runtime, startRuntime } from '../support/runtime';

let foyer: Runtime;
/** A meeting with a guest, for parameters that are right. */
let valid: Record<'meeting_id' | 'guest_id' | 'identity' | 'room_id' | 'phone' | 'text', unknown>;

beforeAll(async () => {
  foyer = await startRuntime();
  const { meeting_id } = await foyer.ok('/admin/create', { admission: 'manual' });
  const { identity } = await foyer.ok('/user/enter-waiting-room', { meeting_id, name: 'Ann' });
  const { room_id } = await foyer.ok('/admin/join', { meeting_id });
  const { guests } = await foyer.ok('/admin/waiting-room', { meeting_id });
  const { guest_id } = guests[0];
  valid = { meeting_id, identity, room_id, guest_id, phone: '+14155550123', text: 'You are next.' };
  await quiet(foyer);
});
afterEach(() => foyer.restore());
afterAll(() => foyer.close());

const NO_DIGITS = [
  '',
  ' 123456',
  '123456\n',
  'abcdef',
  '123',
  '-123456',
  '１２３４５６',
  '12 34 56',
  "123456' OR 1=1",
];
const NO_NUMBER = [123, -123456, 123456.5, 1e15, 1e21, HUGE, '1234567890123456', true, [123456]];
const NOT_MEETING_IDS = [...NOT_SCALARS, ...NO_DIGITS, ...NO_NUMBER];

const meeting_id: Parameter = { bad: NOT_MEETING_IDS, required: true };
const ticket = { bad: [...NOT_TEXT, 'x'.repeat(2001)] };
const name: Parameter = {
  bad: [...NOT_TEXT, ...NO_NAMES, '  \t ', 'x'.repeat(81), '𝒳'.repeat(500), 'x'.repeat(100_000)],
};
const phone: Parameter = {
  bad: [
    ...NOT_TEXT,
    '4155550123',
    '0014155550123',
    '+04155550123',
    '+1415',
    '+1415555012345678',
    '+1 415 555 0123',
    '+1(415)5550123',
    '+14155550123\n',
    ' +14155550123',
    '+１4155550123',
    '+1415555012a',
    '+',
    'tel:+14155550123',
    14_155_550_123,
    'x'.repeat(100_000),
  ],
  required: true,
};
const decision = {
  meeting_id,
  guest_id: { bad: [...NOT_TEXT, 'x'.repeat(65), 'g/1', 'g?1', '..', 'g 1'] },
};

const message: Parameter = {
  bad: [
    ...NOT_TEXT,
    ' ',
    '\t \n',
    'x'.repeat(501),
    'two\nlines',
    'a\u0000b',
    'a\u001b[31m',
    'a\u0085b',
    '\ud800 alone',
    '😀'.repeat(251),
    'x'.repeat(100_000),
  ],
  required: true,
};

const PARAMETERS: Subject['table'] = {
  '/admin/create': {
    n_digits: { bad: [...NOT_NUMBERS, 3, 16, '3', '16', 99] },
    admission: { bad: [...NOT_SCALARS, '', 'AUTO', 'both', 'auto ', 1, true, '自動'] },
    max_participants: { bad: [...NOT_NUMBERS, 1, 51, '1', '51'] },
    ttl_hours: { bad: [...NOT_NUMBERS, 169, '169', 24.5] },
  },
  '/admin/join': { meeting_id, name },
  '/admin/waiting-room': { meeting_id },
  '/admin/admit': decision,
  '/admin/deny': decision,
  '/admin/remove': decision,
  '/admin/end': { meeting_id },
  '/admin/explain': { meeting_id, guest_id: { ...decision.guest_id, required: true } },
  '/admin/invite': { meeting_id, phone },
  '/admin/message': { ...decision, text: message, name },
  '/user/enter-waiting-room': { meeting_id, name, identity: ticket },
  '/user/join': {
    meeting_id,
    room_id: { bad: [...NOT_TEXT, 'x'.repeat(201)], required: true },
    identity: { ...ticket, required: true },
  },
  '/user/leave-waiting-room': { meeting_id, identity: { ...ticket, required: true } },
  '/user/test-connection': { meeting_id },
  '/user/still-here': {
    meeting_id,
    identity: { ...ticket, required: true },
    presence: { bad: [...NOT_SCALARS, '', 'HERE', 'gone', 'here ', 1, true] },
  },
};

const subject: Subject = {
  foyer: () => foyer,
  families: ['meetings'],
  table: PARAMETERS,
  right: () => valid,
  lineOf: lineOfText,
};
const refusal = (naming: string) => ({
  status: 400,
  text: expect.stringMatching(new RegExp(`^Error: [^\n]*\\b${naming}\\b[^\n]*$`)),
});
/** All requests that any vendor has had, so far. */
const upstream = (): string => JSON.stringify([foyer.sync.stats.rest, foyer.video.stats]);

refusesBadParameters(subject);
refusesBadRequests(subject);

describe.each(['/admin/admit', '/admin/deny', '/admin/remove', '/admin/message'])('%s', (path) => {
  test.each([{}, { all: false }, { all: 'false' }, { guest_id: 'g1', all: true }])(
    'needs one guest or all of them, not %o',
    async (which) => {
      const before = upstream();
      const { meeting_id, text } = valid;
      const reply = await foyer.call(path, { meeting_id, text, ...which });
      expect(reply).toMatchObject(refusal('guest_id'));
      expect(upstream()).toBe(before);
    },
  );

  test('takes only true and false for "all"', async () => {
    for (const all of ['', 'yes', 'TRUE', 1, 0, [], {}, null, [true]]) {
      const reply = await foyer.call(path, { meeting_id: valid.meeting_id, all });
      expect({ all, reply }).toMatchObject({ all, reply: refusal('all') });
    }
  });
});

test('everything that is wrong is said at once', async () => {
  const { text } = await foyer.call('/admin/create', { n_digits: 'x', admission: 1, ttl_hours: 0 });
  for (const parameter of ['n_digits', 'admission', 'ttl_hours']) expect(text).toContain(parameter);
});

describe('a meeting number that is nobody’s', () => {
  const UNKNOWN = 424_242_424_242;
  test.each(Object.keys(PARAMETERS).filter((path) => path !== '/admin/create'))(
    'is not found by %s',
    async (path) => {
      const parameters = { ...valid, meeting_id: UNKNOWN };
      // Somebody who has not missed before.
      const headers = { 'x-forwarded-for': '198.51.100.77' };
      expect(await foyer.call(path, parameters, { headers })).toMatchObject({
        status: 404,
        text: expect.stringMatching(/^Error: there is no meeting with this number\./),
      });
    },
  );
});

describe('what is not allowed is refused with the reason', () => {
  const post = (path: string, parameters: object) => foyer.call(path, { ...parameters });
  const refused = (reason: RegExp) => ({
    status: 403,
    text: expect.stringMatching(new RegExp(`^Error: .*${reason.source}`)),
  });
  const meeting = async (options: object = {}) => {
    const { meeting_id } = await foyer.ok('/admin/create', { ...options });
    const { identity } = await foyer.ok('/user/enter-waiting-room', { meeting_id, name: 'Ann' });
    return { meeting_id, identity };
  };

  test('joining before the host', async () => {
    const { meeting_id, identity } = await meeting();
    expect(await post('/user/join', { meeting_id, identity, room_id: 'RM1' })).toMatchObject(
      refused(/the host is not there yet/),
    );
  });

  test('joining another room, and with what is no ticket of this meeting', async () => {
    const { meeting_id, identity } = await meeting();
    const other = await meeting();
    const { room_id } = await foyer.ok('/admin/join', { meeting_id });
    const join = (more: object) => post('/user/join', { meeting_id, room_id, identity, ...more });
    expect(await join({ room_id: 'RM2' })).toMatchObject(refused(/not the room/));
    const { identity: seenByAll } = (await join({})).json;
    for (const none of ['x', seenByAll, other.identity, `${identity}x`, identity.slice(1), '🎫']) {
      expect(await join({ identity: none })).toMatchObject(refused(/this identity is not valid/));
    }
  });

  test('joining undecided, denied or removed', async () => {
    const { meeting_id, identity } = await meeting({ admission: 'manual' });
    const { room_id } = await foyer.ok('/admin/join', { meeting_id });
    const join = () => post('/user/join', { meeting_id, room_id, identity });
    expect(await join()).toMatchObject(refused(/has not let you in yet/));
    await foyer.ok('/admin/deny', { meeting_id, all: true });
    expect(await join()).toMatchObject(refused(/did not let you in/));
    const { guests } = await foyer.ok('/admin/remove', { meeting_id, all: true });
    expect(await join()).toMatchObject(refused(/removed you/));
    const { guest_id } = guests[0];
    expect(await post('/admin/admit', { meeting_id, guest_id })).toMatchObject(refused(/removed/));
    expect(await post('/user/enter-waiting-room', { meeting_id, identity })).toMatchObject(
      refused(/removed/),
    );
  });

  test('anything in a meeting that has ended', async () => {
    const { meeting_id, identity } = await meeting();
    await foyer.ok('/admin/end', { meeting_id });
    for (const [path, more] of [
      ['/admin/join', {}],
      ['/admin/waiting-room', {}],
      ['/admin/admit', { all: true }],
      ['/admin/deny', { all: true }],
      ['/admin/remove', { all: true }],
      ['/admin/message', { all: true, text: 'Hello' }],
      ['/user/still-here', { identity }],
      ['/user/enter-waiting-room', {}],
      ['/user/join', { room_id: 'RM1', identity }],
    ] as const) {
      const reply = await post(path, { meeting_id, ...more });
      expect({ path, reply }).toMatchObject({ path, reply: refused(/has ended/) });
    }
  });
});

survivesWhateverComes(subject);
