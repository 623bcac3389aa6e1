/** LiveKit's families: whatever a caller sends, the answer names what is wrong with it, and nobody is asked. */
import { ROUTES } from '../../src/api/routes';
import { HUGE, jsonOf, NOT_NUMBERS, NOT_SCALARS, NOT_TEXT } from '../support/bad-values';
import type { Reply } from '../support/http';
import { type Runtime, startRuntime } from '../support/runtime';

let foyer: Runtime;
let valid: Record<string, unknown>;
beforeAll(async () => {
  foyer = await startRuntime();
  const { meeting_id } = await foyer.ok('/api/v1/meetings/create');
  valid = { meeting_id, user_name: 'Ann', roomName: 'daily', uid: 'ann', room_name: 'daily' };
});
afterAll(() => foyer.close());

interface Parameter {
  readonly bad: readonly unknown[];
  readonly required?: true;
}

const PERSON = [...NOT_TEXT, '  \t ', 'x'.repeat(201), '🎥'.repeat(201), 'x'.repeat(100_000)];
const BYTES = [...NOT_TEXT, 'x'.repeat(257), 'é'.repeat(129), '🎥'.repeat(65)];
const meeting_id: Parameter = { bad: [...NOT_TEXT, 'x'.repeat(65)], required: true };

const PARAMETERS: Readonly<Record<string, Readonly<Record<string, Parameter>>>> = {
  '/livekit/join-room': { roomName: { bad: BYTES, required: true }, uid: { bad: BYTES, required: true } },
  '/livekit/token': {
    room_name: { bad: BYTES, required: true },
    participant_identity: { bad: BYTES },
    participant_name: { bad: PERSON },
    participant_metadata: { bad: [...NOT_SCALARS, 5, true, HUGE, 'x\uD800', 'x'.repeat(4097)] },
    participant_attributes: {
      bad: [
        '',
        'x',
        5,
        true,
        null,
        [],
        ['x'],
        { a: 1 },
        { a: null },
        { a: {} },
        { a: 'x\uD800' },
        { '': 'x' },
        { 'lk.agent': 'x' },
        { ['x'.repeat(65)]: 'x' },
        { a: 'x'.repeat(513) },
        Object.fromEntries(Array.from({ length: 33 }, (_, i) => [`a${i}`, 'x'])),
      ],
    },
    room_config: { bad: ['', 'x', 5, null, {}, [], { agents: [] }, { egress: {} }] },
  },
  '/api/v1/meetings/create': { max_participants: { bad: [...NOT_NUMBERS, 1, 1001, '1', '1001'] } },
  '/api/v1/meetings/join': { meeting_id, user_name: { bad: PERSON, required: true } },
  '/api/v1/meetings/info': { meeting_id },
  '/api/v1/meetings/exists': { meeting_id },
  '/api/v1/meetings/participants': { meeting_id },
  '/api/v1/meetings/delete': { meeting_id },
};

const rightFor = (path: string): Record<string, unknown> =>
  Object.fromEntries(
    Object.keys(PARAMETERS[path] ?? {})
      .filter((name) => name in valid)
      .map((name) => [name, valid[name]]),
  );

/** All requests that any vendor has had, so far. */
const upstream = (): string => JSON.stringify([foyer.sync.stats.rest, foyer.livekit.stats]);

const FIELD: Readonly<Record<string, string>> = { 'livekit-join': 'msg', 'livekit-meetings': 'detail' };
const familyOf = (path: string): string => ROUTES.find((route) => route.path === path)?.family ?? '';

/** One line in the family's one field, which names the parameter. */
function refused(path: string, reply: Reply, naming: string): void {
  expect([reply.status, reply.headers['content-type']]).toEqual([400, 'application/json; charset=utf-8']);
  expect(reply.json).toEqual({
    [FIELD[familyOf(path)] ?? '']: expect.stringMatching(new RegExp(`^[^\n]*\\b${naming}\\b[^\n]*$`)),
  });
}

test('the table has every route of these families', () => {
  const paths = ROUTES.filter(({ family }) => family in FIELD).map(({ path }) => path);
  expect(Object.keys(PARAMETERS)).toEqual(paths);
});

const cases = Object.entries(PARAMETERS).flatMap(([path, parameters]) =>
  Object.entries(parameters).map(([name, { bad, required }]) => ({ path, name, bad, required })),
);

describe.each(cases)('$path, $name', ({ path, name, bad, required }) => {
  test('of a wrong kind is refused by name, and nobody is asked', async () => {
    const before = upstream();
    for (const value of bad) {
      const reply = await foyer.call(path, {}, { body: jsonOf({ ...rightFor(path), [name]: value }) });
      try {
        refused(path, reply, name);
      } catch (error) {
        throw new Error(`${JSON.stringify(value)}: ${String(error)}`, { cause: error });
      }
      if (typeof value === 'string' && value.length > 20) expect(reply.text).not.toContain(value);
    }
    expect(upstream()).toBe(before);
  });

  test('given twice in a form or a query is refused by name', async () => {
    const before = upstream();
    const { [name]: _, ...others } = rightFor(path);
    const rest = new URLSearchParams(others as Record<string, string>).toString();
    refused(path, await foyer.call(`${path}?${name}=a&${name}=b&${rest}`, {}, { body: '{}' }), name);
    refused(path, await foyer.call(path, {}, { as: 'form', body: `${name}=a&${name}=b&${rest}` }), name);
    expect(upstream()).toBe(before);
  });

  if (required) {
    test('is named when it is missing', async () => {
      const { [name]: _, ...others } = rightFor(path);
      refused(path, await foyer.call(path, others), name);
    });
  }
});
