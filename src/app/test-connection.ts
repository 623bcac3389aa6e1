import {
  allowanceAt,
  type Allowance,
  secondsUntilOne,
  spendOne,
  TESTS_PER_CLIENT,
} from '../domain/allowance';
import { FoyerError, notAllowed } from '../domain/errors';
import { requireLive } from '../domain/meeting';
import type { Clock } from '../ports/clock';
import { findMeetingForGuest } from './find-meeting';
import type { Joined } from './join-token';
import type { Caller, WaitingRoomServices } from './services';

/** A test takes seconds; it asks for a token and uses it. */
const TEST_TOKEN_SECONDS = 120;

/**
 * Whoever has the number of a meeting may find out, before being let in, how good the way to its provider is.
 * @throws FoyerError `not-found`, `too-many-requests`; `not-allowed` once the meeting has ended, and where the provider
 * has no such test.
 * Cost: 1 read; at 100ms 1 call more.
 */
export async function testConnection(
  services: WaitingRoomServices,
  caller: Caller,
  { meetingId }: { readonly meetingId: string },
): Promise<Joined> {
  const { media, clock } = services;
  requireTestAllowed(clock, caller.client);
  const meeting = await findMeetingForGuest(services, caller, meetingId, undefined, caller.client);
  requireLive(meeting);
  const pass = await media.testPass?.(TEST_TOKEN_SECONDS);
  if (!pass) throw notAllowed('the connection to this provider shows once you have joined.');
  return { provider: media.provider, ...pass };
}

/** Per clock, because times of different clocks do not compare; outside tests there is one. */
const testsBy = new WeakMap<Clock, Map<string, Allowance>>();
const MAX_CLIENTS = 10_000;

/**
 * Keeps one client from testing all day. Each instance counts for itself: a token costs nothing but what its bearer
 * sends to the provider, and the shared count would cost more than it saves. Where addresses are unknown it does not count.
 */
function requireTestAllowed(clock: Clock, client: string): void {
  if (client === '') return;
  const tests = testsBy.get(clock) ?? new Map<string, Allowance>();
  testsBy.set(clock, tests);
  const left = allowanceAt(tests.get(client), TESTS_PER_CLIENT, clock.now());
  const wait = secondsUntilOne(left, TESTS_PER_CLIENT);
  if (wait > 0) {
    throw new FoyerError(
      'too-many-requests',
      `too many tests of the connection. Try again in ${wait} seconds.`,
      { retryAfter: wait },
    );
  }
  if (tests.size >= MAX_CLIENTS) tests.clear();
  tests.set(client, spendOne(left));
}
