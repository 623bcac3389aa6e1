/** The queue, messages and absences of those who wait, as values. */
import * as fc from 'fast-check';
import {
  attend,
  type AttendanceEvent,
  AWAY_GRACE_MS,
  GONE_MS,
  UNCONNECTED_MS,
} from '../../src/domain/absence';
import { type HostMessage, MAX_MESSAGE, MAX_MESSAGES, withMessage } from '../../src/domain/host-message';
import { MAX_REMOVED_GUESTS, removalMark } from '../../src/domain/removal';
import { countBefore, free, type Freed, MAX_RUNS, takeBack, unborne } from '../../src/domain/queue';
import '../support/fuzz-seed';

type Step = readonly ['free' | 'back', number];
const steps = (most: number): fc.Arbitrary<readonly Step[]> =>
  fc.array(fc.tuple(fc.constantFrom('free', 'back'), fc.integer({ min: 1, max: most })), { maxLength: 80 });
const follow = (all: readonly Step[]): Freed =>
  all.reduce<Freed>(
    (freed, [what, number]) => (what === 'free' ? free(freed, [number]) : takeBack(freed, number)),
    [],
  );

describe('the queue', () => {
  test('counts exactly who is before, whatever is freed and taken back', () => {
    fc.assert(
      fc.property(steps(100), fc.integer({ min: 1, max: 120 }), (all, number) => {
        const gone = new Set<number>();
        for (const [what, one] of all) {
          if (what === 'free') gone.add(one);
          else gone.delete(one);
        }
        const before = Array.from({ length: number - 1 }, (_, index) => index + 1).filter(
          (one) => !gone.has(one),
        );
        expect(countBefore(follow(all), number)).toBe(before.length);
      }),
    );
  });

  test('is written as runs: ascending, apart from each other, and few', () => {
    fc.assert(
      fc.property(steps(1000), (all) => {
        const freed = follow(all);
        expect(freed.length % 2).toBe(0);
        for (let index = 0; index < freed.length; index += 2) {
          expect(freed[index]).toBeLessThanOrEqual(freed[index + 1] as number);
          if (index > 0) expect(freed[index]).toBeGreaterThan((freed[index - 1] as number) + 1);
        }
      }),
    );
  });

  test('stays the same array when nothing changes', () => {
    const freed = free([], [3, 4, 5]);
    expect(free(freed, [4])).toBe(freed);
    expect(free(freed, [])).toBe(freed);
    expect(takeBack(freed, 6)).toBe(freed);
  });

  test('knows the numbers below the last one listed that nobody bears who waits', () => {
    const [waiting, admitted] = [{ state: 'waiting' as const }, { state: 'admitted' as const }];
    expect(unborne([])).toEqual([]);
    expect(unborne([waiting, admitted])).toEqual([]);
    expect(
      unborne([
        { ...waiting, place: 1 },
        { ...waiting, place: 2 },
      ]),
    ).toEqual([]);
    expect(
      unborne([{ ...waiting, place: 5 }, { ...admitted, place: 2 }, { ...waiting, place: 3 }, waiting]),
    ).toEqual([1, 2, 4]);
    expect(unborne([{ ...admitted, place: 3 }])).toEqual([1, 2, 3]);
  });

  test('of 10,000 who were let in out of order fits into a small document, and no count is out of bounds', () => {
    const odd = Array.from({ length: 5_000 }, (_, index) => 2 * index + 1);
    const freed = free([], odd);
    expect(freed.length).toBeLessThanOrEqual(2 * MAX_RUNS);
    expect(JSON.stringify({ freed }).length).toBeLessThan(1024);
    for (const number of [2, 1000, 9_999]) {
      const before = countBefore(freed, number);
      expect(before).toBeGreaterThanOrEqual(0);
      expect(before).toBeLessThanOrEqual(number - 1);
    }
    const even = odd.map((number) => number + 1);
    expect(free(freed, even)).toEqual([1, 10_000]);
  });
});

describe('messages', () => {
  const message = (text: string): HostMessage => ({
    text,
    sent_at: new Date(0).toISOString(),
    from: '😀'.repeat(80),
  });

  test('of which the last few are kept, the newest always', () => {
    const few = ['1', '2', '3', '4'].reduce<readonly HostMessage[]>(
      (all, text) => withMessage(all, message(text)),
      [],
    );
    expect(few.map(({ text }) => text)).toEqual(['2', '3', '4'].slice(-MAX_MESSAGES));
    const large = message('漢'.repeat(MAX_MESSAGE));
    expect(withMessage(few, large)).toEqual([large]);
    expect(withMessage([large], message('1')).at(-1)?.text).toBe('1');
  });

  test('of which one that is there already is the same; at another time or by another it is a new one', () => {
    const one = message('1');
    const said = withMessage([message('0')], one);
    expect(withMessage(said, { ...one })).toBe(said);
    for (const other of [
      { ...one, sent_at: new Date(1).toISOString() },
      { ...one, from: 'Bob' },
    ]) {
      expect(withMessage(said, other).slice(-2)).toEqual([one, other]);
    }
  });

  test.each(['漢', '"', '😀'])(
    'as large as can be (%s) fit beside as many removed guests as can be',
    (character) => {
      const text = character.repeat(MAX_MESSAGE / character.length);
      const data = {
        state: 'admitted',
        room_id: `RM${'0'.repeat(32)}`,
        messages: withMessage([message('before')], message(text)),
        max_participants: 50,
        removed: Array.from({ length: MAX_REMOVED_GUESTS }, (_, index) => removalMark('ET1', `g${index}`)),
        list_behind: true,
        copies: 99_999,
        copy_of: `ET${'0'.repeat(32)}`,
      };
      expect(Buffer.byteLength(JSON.stringify(data))).toBeLessThan(16 * 1024);
    },
  );
});

describe('somebody who waits', () => {
  const NOW = 1_000_000;
  const happens = (event: AttendanceEvent, absence: object = {}, isLasting = true) =>
    attend({ state: 'waiting', ...absence }, event, isLasting, NOW);
  const earlier = NOW - 5;

  test.each([
    ['here', { hiddenSince: earlier, awaySince: earlier }, true, {}, { atLeast: UNCONNECTED_MS }],
    ['hidden', {}, true, { hiddenSince: NOW }, { atLeast: AWAY_GRACE_MS }],
    ['hidden', {}, false, { hiddenSince: NOW, awaySince: NOW }, { atLeast: AWAY_GRACE_MS }],
    [
      'hidden',
      { awaySince: earlier },
      false,
      { hiddenSince: NOW, awaySince: earlier },
      { atLeast: AWAY_GRACE_MS },
    ],
    [
      'away',
      { hiddenSince: earlier },
      true,
      { hiddenSince: earlier, awaySince: NOW },
      { atLeast: AWAY_GRACE_MS },
    ],
    ['connected', { hiddenSince: earlier, awaySince: earlier }, true, { hiddenSince: earlier }, 'whole'],
    ['disconnected', {}, true, { awaySince: NOW }, { exactly: GONE_MS }],
    ['disconnected', { awaySince: earlier }, true, { awaySince: earlier }, { exactly: GONE_MS }],
    [
      'disconnected',
      { hiddenSince: earlier },
      true,
      { hiddenSince: earlier, awaySince: NOW },
      { exactly: AWAY_GRACE_MS },
    ],
  ] as const)('%s: %j, lasting %s', (event, absence, isLasting, expected, stay) => {
    expect(happens(event, absence, isLasting)).toEqual({ guest: { state: 'waiting', ...expected }, stay });
  });

  test('is the same when nothing changes, and so is anybody who does not wait', () => {
    const guest = { state: 'waiting' };
    expect(attend(guest, 'here', true, NOW).guest).toBe(guest);
    expect(attend(guest, 'connected', true, NOW).guest).toBe(guest);
    const admitted = { state: 'admitted' };
    for (const event of ['here', 'hidden', 'away', 'disconnected'] as const) {
      expect(attend(admitted, event, false, NOW)).toEqual({ guest: admitted, stay: 'asItIs' });
    }
    expect(attend(admitted, 'connected', false, NOW).stay).toBe('whole');
  });
});
