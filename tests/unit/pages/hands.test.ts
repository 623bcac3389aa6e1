/** Raised hands: who learns of them, when they go down, and what somebody hostile makes of them. */
import type { Signal, signal as createSignal } from '@preact/signals';
import type { Participant } from '../../../src/assets/media/media';
import type * as Envelopes from '../../../src/assets/room/hands/envelope';
import type * as HandsCode from '../../../src/assets/room/hands/hands';
import { pageCode } from '../../support/page-code';

const stored = new Map<string, string>();
Object.assign(globalThis, {
  sessionStorage: {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => stored.set(key, value),
    removeItem: (key: string) => stored.delete(key),
  },
});

const { createHands, handEnvelope, readHand, signal } = pageCode(
  'room/hands/hands',
  'room/hands/envelope',
  '../../node_modules/@preact/signals',
) as typeof HandsCode & typeof Envelopes & { readonly signal: typeof createSignal };

const person = (id: string): Participant => ({
  id,
  name: id,
  isHost: false,
  camera: undefined,
  screen: undefined,
  microphone: undefined,
  isMuted: true,
  isReconnecting: false,
  quality: undefined,
});

interface Seat {
  readonly id: string;
  readonly connection: Signal<'connected' | 'reconnecting'>;
  readonly participants: Signal<readonly Participant[]>;
  /** What the channel was given. */
  readonly sent: string[];
  /** A channel that is cut takes nothing. */
  readonly line: { isCut: boolean };
  readonly hands: HandsCode.RunningHands;
}

let seats: Seat[] = [];

/** Somebody in the room, whom all others see from now on; what they send reaches all who are there then. */
function sit(id: string, room = 'room-1'): Seat {
  const connection = signal<'connected' | 'reconnecting'>('connected');
  const participants = signal<readonly Participant[]>([]);
  const sent: string[] = [];
  const line = { isCut: false };
  const sendData = async (text: string): Promise<void> => {
    await Promise.resolve();
    if (line.isCut) throw new Error('no way');
    sent.push(text);
    for (const other of seats) if (other.id !== id) other.hands.hear(id, text);
  };
  const hands = createHands({ room, participants, connection, sendData });
  const seat = { id, connection, participants, sent, line, hands };
  seats.push(seat);
  seeEachOther();
  return seat;
}

function seeEachOther(): void {
  for (const { id, participants } of seats)
    participants.value = seats.filter((other) => other.id !== id).map((other) => person(other.id));
}

/** Their page is gone, whether or not they come back. */
function goes(seat: Seat, isOver: boolean): void {
  seat.hands.stop(isOver);
  seats = seats.filter((one) => one !== seat);
  seeEachOther();
}

const later = (ms: number): Promise<void> => jest.advanceTimersByTimeAsync(ms);
const upTo = ({ hands }: Seat): readonly string[] => hands.up.value;

beforeEach(() => {
  jest.useFakeTimers();
  seats = [];
  stored.clear();
});
afterEach(() => {
  for (const { hands } of seats) hands.stop(true);
  jest.useRealTimers();
});

test('hands are seen by everybody, in the order in which they went up, until they go down', async () => {
  const [ann, ben, carl] = [sit('ann'), sit('ben'), sit('carl')];
  ben.hands.raise(true);
  await later(100);
  ann.hands.raise(true);
  await later(100);
  expect(upTo(carl)).toEqual(['ben', 'ann']);
  expect([upTo(ann), ann.hands.isMineUp.value]).toEqual([['ben'], true]);
  await later(60_000);
  expect(upTo(carl)).toEqual(['ben', 'ann']);
  ben.hands.raise(false);
  await later(100);
  expect([upTo(carl), upTo(ann)]).toEqual([['ann'], []]);
});

test('who comes later learns of them at once, and nobody says anything where no hand is up', async () => {
  const [ann, ben] = [sit('ann'), sit('ben')];
  ann.hands.raise(true);
  await later(100);
  const carl = sit('carl');
  await later(0);
  expect(upTo(carl)).toEqual(['ann']);
  await later(30_000);
  expect(ben.sent).toEqual([]);
});

test('whatever else changes about people, a hand is not said again for it', async () => {
  const [ann, ben] = [sit('ann'), sit('ben')];
  ann.hands.raise(true);
  await later(100);
  const { length } = ann.sent;
  for (let count = 0; count < 50; count += 1) seeEachOther();
  await later(100);
  expect(ann.sent).toHaveLength(length);
  expect(upTo(ben)).toEqual(['ann']);
});

test('a hand outlives a connection that is away for a while, and a reload; not the end of the stay', async () => {
  const [ann, ben] = [sit('ann'), sit('ben')];
  ann.line.isCut = true;
  ann.hands.raise(true);
  await later(1_000);
  expect(upTo(ben)).toEqual([]);
  ann.connection.value = 'reconnecting';
  ann.line.isCut = false;
  ann.connection.value = 'connected';
  await later(0);
  expect(upTo(ben)).toEqual(['ann']);

  goes(ann, false);
  expect(upTo(ben)).toEqual([]);
  const again = sit('ann');
  await later(0);
  expect([upTo(ben), again.hands.isMineUp.value]).toEqual([['ann'], true]);

  goes(again, true);
  expect(sit('ann').hands.isMineUp.value).toBe(false);
});

test('a hand of another room is down in this one', () => {
  const ann = sit('ann', 'room-1');
  ann.hands.raise(true);
  goes(ann, false);
  expect(sit('ann', 'room-2').hands.isMineUp.value).toBe(false);
});

test('one of which nothing is heard any more goes down by itself', async () => {
  const [ann, ben] = [sit('ann'), sit('ben')];
  ann.hands.raise(true);
  await later(100);
  ann.line.isCut = true;
  ann.hands.raise(false);
  await later(10_000);
  expect(upTo(ben)).toEqual(['ann']);
  await later(10_000);
  expect(upTo(ben)).toEqual([]);
});

test('one that goes up and down at once ends as it was left', async () => {
  const [ann, ben] = [sit('ann'), sit('ben')];
  for (const isUp of [true, false]) ann.hands.raise(isUp);
  await later(1_500);
  expect(upTo(ben)).toEqual([]);
  for (const isUp of [true, false, true]) ann.hands.raise(isUp);
  await later(6_000);
  expect(upTo(ben)).toEqual(['ann']);
});

test('a hand that flutters changes once a second, whoever sends it', async () => {
  const ben = sit('ben');
  sit('eve');
  let changes = -1;
  const stop = ben.hands.up.subscribe(() => (changes += 1));
  for (let count = 0; count < 1_000; count += 1) {
    ben.hands.hear('eve', handEnvelope(count % 2 === 0));
    await later(10);
  }
  stop();
  expect(changes).toBeLessThanOrEqual(21);
});

test('somebody who is not there has no hand', () => {
  const ben = sit('ben');
  ben.hands.hear('nobody', handEnvelope(true));
  expect(upTo(ben)).toEqual([]);
});

test.each([
  'not JSON',
  'null',
  '[]',
  '{"v":2,"type":"hand","up":true}',
  '{"v":1,"type":"chat","up":true}',
  '{"v":1,"type":"hand","up":"true"}',
  '{"v":1,"type":"hand"}',
  `{"v":1,"type":"hand","up":true,"more":"${'x'.repeat(100)}"}`,
])('%s is no hand', (raw) => {
  expect(readHand(raw)).toBeUndefined();
});
