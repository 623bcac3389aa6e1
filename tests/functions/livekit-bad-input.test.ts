/** LiveKit's families: whatever a caller sends, the answer names what is wrong with it, and nobody is asked. */
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
beforeAll(async () => {
  foyer = await startRuntime();
  const { meeting_id } = await foyer.ok('/api/v1/meetings/create');
  valid = { meeting_id, user_name: 'Ann', roomName: 'daily', uid: 'ann', room_name: 'daily' };
});
afterEach(() => foyer.restore());
afterAll(() => foyer.close());

const PERSON = [...NOT_TEXT, ...NO_NAMES, '  \t ', 'x'.repeat(201), '🎥'.repeat(201), 'x'.repeat(100_000)];
const BYTES = [...NOT_TEXT, 'x'.repeat(257), 'é'.repeat(129), '🎥'.repeat(65)];
const meeting_id: Parameter = { bad: [...NOT_TEXT, 'x'.repeat(65)], required: true };

const PARAMETERS: Subject['table'] = {
  '/livekit/join-room': { roomName: { bad: BYTES, required: true }, uid: { bad: BYTES, required: true } },
  '/livekit/token': {
    room_name: { bad: BYTES, required: true },
    participant_identity: { bad: BYTES },
    participant_name: { bad: PERSON },
    participant_metadata: { bad: [...NOT_SCALARS, 5, true, HUGE, 'x\uD800', 'x'.repeat(4097)] },
    participant_attributes: {
      nests: true,
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

const FIELDS = { 'livekit-join': 'msg', 'livekit-meetings': 'detail' } as const;

describe.each(Object.entries(FIELDS))('%s', (family, field) => {
  const subject: Subject = {
    foyer: () => foyer,
    families: [family as keyof typeof FIELDS],
    table: Object.fromEntries(
      Object.entries(PARAMETERS).filter(([path]) => path.startsWith('/livekit/') === (field === 'msg')),
    ),
    right: () => valid,
    lineOf: lineIn(field),
  };
  refusesBadParameters(subject);
  refusesBadRequests(subject);
  survivesWhateverComes(subject);
});
