/** Whatever a caller sends, the answer says what is wrong with it in one line, and nothing has changed. */
import * as fc from 'fast-check';
import { ROUTES } from '../../src/api/routes';
import { HUGE, jsonOf, NOT_NUMBERS, NOT_SCALARS, NOT_TEXT } from '../support/bad-values';
import type { Reply } from '../support/http';
import { type Calling, type Runtime, startRuntime } from '../support/runtime';

let foyer: Runtime;
/** A meeting with a guest, for parameters that are right. */
let valid: Record<'meeting_id' | 'guest_id' | 'identity' | 'room_id', unknown>;

beforeAll(async () => {
  foyer = await startRuntime();
  const { meeting_id } = await foyer.ok('/admin/create', { admission: 'manual' });
  const { identity } = await foyer.ok('/user/enter-waiting-room', { meeting_id, name: 'Ann' });
  const { room_id } = await foyer.ok('/admin/join', { meeting_id });
  const { guests } = await foyer.ok('/admin/waiting-room', { meeting_id });
  valid = { meeting_id, identity, room_id, guest_id: guests[0].guest_id };
  await quiet();
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

interface Parameter {
  readonly bad: readonly unknown[];
  readonly required?: true;
}

const meeting_id: Parameter = { bad: NOT_MEETING_IDS, required: true };
const ticket = { bad: [...NOT_TEXT, 'x'.repeat(2001)] };
const name: Parameter = { bad: [...NOT_TEXT, '  \t ', 'x'.repeat(81), '𝒳'.repeat(500), 'x'.repeat(100_000)] };
const decision = {
  meeting_id,
  guest_id: { bad: [...NOT_TEXT, 'x'.repeat(65), 'g/1', 'g?1', '..', 'g 1'] },
};

const PARAMETERS: Readonly<Record<string, Readonly<Record<string, Parameter>>>> = {
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
  '/user/enter-waiting-room': { meeting_id, name, identity: ticket },
  '/user/join': {
    meeting_id,
    room_id: { bad: [...NOT_TEXT, 'x'.repeat(201)], required: true },
    identity: { ...ticket, required: true },
  },
  '/user/leave-waiting-room': { meeting_id, identity: { ...ticket, required: true } },
};

const rightFor = (path: string): Record<string, unknown> =>
  Object.fromEntries(
    Object.keys(PARAMETERS[path] ?? {})
      .filter((parameter) => parameter in valid)
      .map((parameter) => [parameter, valid[parameter as keyof typeof valid]]),
  );

/** All requests that any vendor has had, so far. */
const upstream = (): string => JSON.stringify([foyer.sync.stats.rest, foyer.video.stats]);

/** The vendor tells us of the room a moment later. */
async function quiet(): Promise<void> {
  for (let known = ''; known !== upstream();) {
    known = upstream();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const refusal = (naming: string) => ({
  status: 400,
  text: expect.stringMatching(new RegExp(`^Error: [^\n]*\\b${naming}\\b[^\n]*$`)),
  headers: expect.objectContaining({ 'content-type': 'text/plain; charset=utf-8' }),
});

test('the table has every route of this family', () => {
  const paths = ROUTES.filter(({ family }) => family === 'meetings').map(({ path }) => path);
  expect(Object.keys(PARAMETERS)).toEqual(paths);
});

const cases = Object.entries(PARAMETERS).flatMap(([path, parameters]) =>
  Object.entries(parameters).map(([name, { bad, required }]) => ({ path, name, bad, required })),
);

describe.each(cases)('$path, $name', ({ path, name, bad, required }) => {
  const callWith = (parameters: object, calling: Calling = {}): Promise<Reply> =>
    foyer.call(path, {}, { body: jsonOf(parameters), ...calling });

  test('of a wrong kind is refused by name, and nobody is asked', async () => {
    const before = upstream();
    for (const value of bad) {
      const reply = await callWith({ ...rightFor(path), [name]: value });
      expect({ value, reply }).toMatchObject({ value, reply: refusal(name) });
      if (typeof value === 'string' && value.length > 20) expect(reply.text).not.toContain(value);
    }
    expect(upstream()).toBe(before);
  });

  test('given twice, or nested, in a form or a query is refused by name', async () => {
    const before = upstream();
    const { [name]: _, ...others } = rightFor(path);
    const rest = new URLSearchParams(others as Record<string, string>).toString();
    const query = await foyer.call(`${path}?${name}=a&${name}=b&${rest}`, {}, { body: '{}' });
    const nested = await foyer.call(`${path}?${name}[x]=1&${rest}`, {}, { body: '{}' });
    const form = await foyer.call(path, {}, { as: 'form', body: `${name}=a&${name}=b&${rest}` });
    for (const reply of [query, nested, form]) expect(reply).toMatchObject(refusal(name));
    expect(upstream()).toBe(before);
  });

  if (required) {
    test('is named when it is missing', async () => {
      const before = upstream();
      const { [name]: _, ...others } = rightFor(path);
      const reply = await callWith(others);
      expect(reply).toMatchObject(refusal(`${name} is missing`));
      expect(upstream()).toBe(before);
    });
  }
});

describe.each(['/admin/admit', '/admin/deny', '/admin/remove'])('%s', (path) => {
  test.each([{}, { all: false }, { all: 'false' }, { guest_id: 'g1', all: true }])(
    'needs one guest or all of them, not %o',
    async (which) => {
      const before = upstream();
      const reply = await foyer.call(path, { meeting_id: valid.meeting_id, ...which });
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

describe.each(ROUTES.map(({ path, family }) => ({ path, family })))('$path', ({ path, family }) => {
  const clear = (reply: Reply, naming: RegExp): void => {
    expect(reply.status).toBe(400);
    if (family === 'meetings') expect(reply.text).toMatch(new RegExp(`^Error: .*${naming.source}`));
    else expect(Object.values(reply.json)).toEqual([expect.stringMatching(naming)]);
  };
  const forged = {
    headers: {
      authorization: 'Bearer forged',
      'x-forwarded-for': '203.0.113.9',
      'x-foyer-front': 'forged',
      'x-foyer-client': '203.0.113.9',
      'x-twilio-signature': 'forged',
      host: 'evil.example',
    },
    cookies: {},
  };

  test.each(['text', '', 0, true, null, [], ['x'], {}, forged, { headers: null }, { headers: [] }])(
    'takes no parameter named request: %j',
    async (request) => {
      const before = upstream();
      clear(await foyer.call(path, { ...rightFor(path), request }), /request/);
      expect(upstream()).toBe(before);
    },
  );

  test('takes no parameter named request in a form or a query either', async () => {
    const before = upstream();
    clear(await foyer.call(path, { request: 'x' }, { as: 'form' }), /request/);
    clear(await foyer.call(path, { request: 'x' }, { as: 'query' }), /request/);
    const nested = 'request[headers][x-forwarded-for]=203.0.113.9&request[headers][authorization]=Bearer';
    clear(await foyer.call(`${path}?${nested}`), /request/);
    expect(upstream()).toBe(before);
  });

  test('on Twilio itself, too, text instead of headers is noticed', async () => {
    delete foyer.environment['FRONT_PORT_SECRET'];
    for (const request of ['x', null, {}, [], { headers: 'x' }]) {
      clear(await foyer.call(path, { request }, { via: 'functions' }), /request/);
    }
  });

  test('takes no thousands of parameters', async () => {
    const before = upstream();
    const many = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`p${i}`, i]));
    clear(await foyer.call(path, { ...rightFor(path), ...many }), /parameters/);
    clear(await foyer.call(path, many, { as: 'form' }), /parameters/);
    const hundreds = Object.fromEntries(Object.entries(many).slice(0, 500));
    clear(await foyer.call(path, hundreds, { as: 'query' }), /parameters/);
    expect(upstream()).toBe(before);
  });

  test.each(['', '{', '[1,2]', '"text"', 'null', '{"a":1}}', '\u0000', '<html>'])(
    'takes no body that is no JSON object: %j',
    async (body) => {
      const before = upstream();
      const reply = await foyer.call(path, {}, { body });
      // No body at all is no parameters at all.
      if (body === '' && path.endsWith('/create')) return;
      const status = body === '' && family === 'service' ? 403 : 400;
      expect([reply.status, reply.text.includes('<')]).toEqual([status, false]);
      expect(upstream()).toBe(before);
    },
  );
});

describe('a meeting number that is nobody’s', () => {
  const UNKNOWN = 424_242_424_242;
  test.each(Object.keys(PARAMETERS).filter((path) => path !== '/admin/create'))(
    'is not found by %s',
    async (path) => {
      const parameters = { ...rightFor(path), meeting_id: UNKNOWN };
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
      ['/user/enter-waiting-room', {}],
      ['/user/join', { room_id: 'RM1', identity }],
    ] as const) {
      const reply = await post(path, { meeting_id, ...more });
      expect({ path, reply }).toMatchObject({ path, reply: refused(/has ended/) });
    }
  });
});

// Last, because what comes of it may reach a vendor later than its answer.
describe.each(ROUTES.map(({ path, family }) => ({ path, family })))('fuzzed, $path', ({ path, family }) => {
  test('never answers with a 5xx, a stack trace or HTML, whatever comes', async () => {
    const keys = [
      ...Object.keys(PARAMETERS[path] ?? {}),
      'all',
      'request',
      '__proto__',
      'constructor',
      'then',
    ];
    const key = fc.oneof(fc.constantFrom(...keys), fc.string());
    const value = fc.oneof(
      fc.jsonValue(),
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        ...Object.values(valid),
        String(valid.meeting_id),
        '',
        -1,
        Number.POSITIVE_INFINITY,
        2 ** 53,
        'true',
      ),
      fc.constantFrom({ toString: {} }, { toString: null, valueOf: 1 }, { length: 1e9 }, { toJSON: {} }),
    );
    const parameters = fc.dictionary(key, value, { maxKeys: 6, noNullPrototype: true });
    const calling = fc.record({
      as: fc.constantFrom('json', 'form', 'query'),
      via: fc.constantFrom('front', 'functions'),
    }) as fc.Arbitrary<Calling>;
    await fc.assert(
      fc.asyncProperty(parameters, fc.boolean(), calling, async (some, withRight, way) => {
        if (way.via === 'functions') delete foyer.environment['FRONT_PORT_SECRET'];
        const reply = await foyer.call(path, withRight ? { ...rightFor(path), ...some } : some, way);
        foyer.restore();
        expect(reply.status).toBeLessThan(500);
        expect(reply.headers['content-type']).toMatch(/^(application\/json|text\/plain)/);
        if (reply.status !== 200 && family === 'meetings') expect(reply.text).toMatch(/^Error: /);
        expect(reply.text).not.toMatch(/\bat .+:\d+:\d+|<html|node_modules/i);
      }),
      { numRuns: Number(process.env['FUZZ_RUNS'] ?? 40) },
    );
  });
});
