/** The waiting room as its pages understand it: who is before one, what is news, and when a host is reminded. */
import * as fc from 'fast-check';
import '../../support/fuzz-seed';
import type { GuestEntry, HostMessage } from '../../../src/api/meetings';
import { inOrder, newsIn } from '../../../src/assets/guest/messages';
import { countBefore } from '../../../src/assets/guest/queue';
import type * as Reminder from '../../../src/assets/host/reminder';
import { countBefore as countOfServer, free } from '../../../src/domain/queue';
import { pageCode } from '../../support/page-code';

test('the page counts as the server does, whoever has gone', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 200 }),
      fc.integer({ min: 1, max: 320 }),
      (gone, place) => {
        const freed = free([], gone);
        expect(countBefore(place, freed)).toBe(countOfServer(freed, place));
      },
    ),
  );
});

describe('messages', () => {
  const at = (minute: number, text = `${minute}`): HostMessage => ({
    text,
    sent_at: new Date(minute * 60_000).toISOString(),
  });

  test('to one and to all are read together, newest first', () => {
    expect(inOrder([at(1), at(4)], [at(2), at(5)]).map(({ text }) => text)).toEqual(['5', '4', '2', '1']);
    expect(inOrder(undefined, undefined)).toEqual([]);
  });

  test('are news until one at least as new was read', () => {
    const all = inOrder([at(1), at(3)], [at(2)]);
    expect(newsIn(all, undefined)).toEqual(all);
    expect(newsIn(all, at(2).sent_at).map(({ text }) => text)).toEqual(['3']);
    expect(newsIn(all, at(3).sent_at)).toEqual([]);
  });
});

describe('a host', () => {
  const MINUTE = 60_000;
  const { createReminder, setReminded } = pageCode('host/reminder') as typeof Reminder;
  let reminded: string[];
  let waiting: { value: GuestEntry[] };
  let isBusy: boolean;
  let reminder: Reminder.Reminder;
  beforeEach(() => {
    jest.useFakeTimers();
    reminded = [];
    waiting = { value: [] };
    isBusy = false;
    setReminded(true);
    reminder = createReminder({
      waiting: waiting as never,
      isBusy: () => isBusy,
      remind: ({ name }) => reminded.push(name),
    });
  });
  afterEach(() => {
    reminder.stop();
    jest.useRealTimers();
  });

  const guest = (name: string, more: Partial<GuestEntry> = {}): GuestEntry => ({
    guest_id: name,
    name,
    state: 'waiting',
    entered_at: new Date().toISOString(),
    ...more,
  });
  const wait = (ms: number): void => void jest.advanceTimersByTime(ms);

  test('is reminded of the one who waits longest, every two minutes, while nobody looks', () => {
    wait(30 * MINUTE);
    waiting.value = [guest('Ann'), guest('Ben')];
    wait(MINUTE);
    expect(reminded).toEqual([]);
    wait(4 * MINUTE);
    expect(reminded).toEqual(['Ann', 'Ann']);
    waiting.value = waiting.value.slice(1);
    wait(2 * MINUTE);
    expect(reminded).toEqual(['Ann', 'Ann', 'Ben']);
    waiting.value = [];
    wait(10 * MINUTE);
    expect(reminded).toHaveLength(3);
  });

  test('who has just looked needs no reminder', () => {
    waiting.value = [guest('Ann')];
    for (let minutes = 0; minutes < 10; minutes += 1) {
      wait(MINUTE);
      reminder.looked();
    }
    expect(reminded).toEqual([]);
  });

  test('is not reminded in a call, nor of those who may be away, nor against the own will', () => {
    waiting.value = [guest('Ann', { away_since: new Date().toISOString() })];
    wait(5 * MINUTE);
    waiting.value = [guest('Ben')];
    isBusy = true;
    wait(5 * MINUTE);
    isBusy = false;
    setReminded(false);
    wait(5 * MINUTE);
    expect(reminded).toEqual([]);
  });
});
