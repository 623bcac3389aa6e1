/** When a page looks at a call by itself: where no gateway keeps the time, it is the page that sees it missed in time. */
import type { CallResponse } from '../../../src/api/calls';
import { createLooks } from '../../../src/assets/calls/looks';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

const somebody = { id: 'a', name: 'Ann', location: '' };
const RING_MS = 45_000;

/** Rings from now on, by a server whose clock is so much ahead. */
function ringing(aheadMs = 0): CallResponse {
  const placed = Date.now() + aheadMs;
  return {
    id: 'call-1',
    caller: somebody,
    receiver: somebody,
    status: 'DIALLING',
    placedAt: new Date(placed).toISOString(),
    expiresAt: new Date(placed + RING_MS).toISOString(),
  };
}

/** @returns when it was looked at, in ms since the ring began */
function looksAt(
  call: CallResponse,
  isPrompt: boolean,
): { readonly times: number[]; readonly stop: () => void } {
  const begun = Date.now();
  const times: number[] = [];
  const looks = createLooks({
    look: () => Promise.resolve(void times.push(Date.now() - begun)),
    isPrompt: () => isPrompt,
  });
  looks.follow(call);
  return { times, stop: () => looks.follow(undefined) };
}

describe.each([
  ['by Sync alone', false],
  ['at a gateway', true],
])('%s', (_, isPrompt) => {
  test.each([
    ['as ours', 0],
    ['an hour ahead', 3_600_000],
    ['an hour behind', -3_600_000],
  ])(
    'a call that rings is looked at within two seconds of its end, the server’s clock %s',
    async (_clock, aheadMs) => {
      const { times, stop } = looksAt(ringing(aheadMs), isPrompt);
      await jest.advanceTimersByTimeAsync(RING_MS + 2_000);
      expect(times.filter((at) => at >= RING_MS && at <= RING_MS + 2_000)).not.toEqual([]);
      stop();
    },
  );

  test('and again every two seconds until its end is known, and then no more', async () => {
    const { times, stop } = looksAt(ringing(), isPrompt);
    await jest.advanceTimersByTimeAsync(RING_MS + 10_000);
    expect(times.filter((at) => at > RING_MS).length).toBeGreaterThanOrEqual(5);
    const before = times.length;
    stop();
    await jest.advanceTimersByTimeAsync(600_000);
    expect(times).toHaveLength(before);
  });
});
