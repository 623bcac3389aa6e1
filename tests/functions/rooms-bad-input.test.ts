/** Rooms, and what gateways say of them: whatever comes, the answer names what is wrong with it, and nobody is asked. */
import {
  lineIn,
  type Parameter,
  refusesBadParameters,
  refusesBadRequests,
  type Subject,
  survivesWhateverComes,
} from '../support/bad-input';
import { NOT_NUMBERS, NOT_SCALARS, NOT_TEXT } from '../support/bad-values';
import { type Runtime, startRuntime } from '../support/runtime';

let foyer: Runtime;
let valid: Record<string, unknown>;
beforeAll(async () => {
  foyer = await startRuntime();
  const { id } = await foyer.ok('/rooms', { roomName: 'daily' });
  valid = {
    roomId: id,
    roomName: 'daily',
    role: 'host',
    userId: 'ann',
    gateway: 'g1',
    socket: 's1',
    roomIds: [id],
  };
});
afterEach(() => foyer.restore());
afterAll(() => foyer.close());

const roomId: Parameter = { bad: [...NOT_TEXT, 'x'.repeat(257)], required: true };
const user = [...NOT_TEXT, 'x'.repeat(129), 'é'.repeat(65)];
const userId: Parameter = { bad: user, required: true };
const limit: Parameter = { bad: [...NOT_NUMBERS, 201, '201'] };
const cursor: Parameter = { bad: [...NOT_TEXT, 'x'.repeat(1025)] };
const id: Parameter = { bad: [...NOT_TEXT, 'a b', 'a/b', 'x'.repeat(65)], required: true };

const subject = (below: string, table: Subject['table']): Subject => ({
  foyer: () => foyer,
  families: ['service'],
  below,
  table,
  right: () => valid,
  lineOf: lineIn('message'),
  // A gateway without a lease holds nobody: it is to renew it first.
  mayBeBusy: ['/gateway/room-join'],
  headers: () => ({ 'x-foyer-gateway': foyer.environment['GATEWAY_SECRET'] ?? '' }),
});

const ROOMS = subject('/rooms', {
  '/rooms': {
    roomName: { bad: [...NOT_TEXT, '  \t ', 'x'.repeat(201), '🎥'.repeat(201)], required: true },
    limit,
    cursor,
  },
  '/rooms/token': {
    roomId,
    // By the last one 100ms' recorders join, whom its clients show to nobody.
    role: { bad: [...NOT_TEXT, 'x'.repeat(65), '__internal_recorder'], required: true },
    userId: { bad: user },
  },
  '/rooms/history': { roomId, limit, cursor },
});
const socket = { gateway: id, socket: id, roomId };
const GATEWAYS = subject('/gateway/room-', {
  '/gateway/room-join': { ...socket, userId },
  '/gateway/room-leave': { ...socket, userId, dropped: { bad: [...NOT_SCALARS, 'yes', 1, 0, ''] } },
  '/gateway/room-watch': socket,
  '/gateway/room-check': {
    gateway: id,
    roomIds: {
      bad: ['', 'x', 5, null, {}, [null], [''], [{}], Array.from({ length: 101 }, () => 'x')],
      required: true,
      repeats: true,
    },
  },
});

describe.each([ROOMS, GATEWAYS])('$below', (one) => {
  refusesBadParameters(one);
  refusesBadRequests(one);
  survivesWhateverComes(one);
});
