/**
 * Slows down those who guess meeting numbers. Misses are counted per client and in all; hits are not. Somebody
 * with a genuine ticket for a meeting does not guess its number. A client that has not missed lately costs no call:
 * an instance looks a client up only once it has seen that client, or anybody through the shared count, miss.
 *
 * Where addresses are unknown (Twilio hides them from functions) the shared count alone decides: an allowance
 * of one client's size for everybody would let anybody lock out everybody.
 */
import { allowanceAt, MISSES_IN_ALL, MISSES_PER_CLIENT, secondsUntilOne } from '../domain/allowance';
import { FoyerError } from '../domain/errors';
import { together } from '../domain/in-parallel';
import type { Clock } from '../ports/clock';
import type { WaitingRoomServices } from './services';

type Needs = Pick<WaitingRoomServices, 'allowances' | 'clock' | 'secrets'>;

const EVERYBODY = 'everybody';
/** How long an instance remembers that a client has missed: as long as an allowance takes to refill. */
const SUSPECT_FOR_MS = MISSES_PER_CLIENT.capacity * MISSES_PER_CLIENT.refillMs;
const MAX_SUSPECTS = 10_000;

/** A client that this instance saw miss. Only saves calls. */
interface Suspect {
  /** ms since epoch; forgotten then. */
  readonly until: number;
  /** ms since epoch until which `mayLookUp` need not be asked for again. */
  checkedUntil: number;
  /** ms since epoch from which on it may look numbers up again. */
  mayLookUp: number;
}

/** Per clock, because times of different clocks do not compare; outside tests there is one. */
const suspectsBy = new WeakMap<Clock, Map<string, Suspect>>();

function suspectsOf({ clock }: Needs): Map<string, Suspect> {
  const suspects = suspectsBy.get(clock) ?? new Map<string, Suspect>();
  suspectsBy.set(clock, suspects);
  return suspects;
}

/** A crowd behind one address may have made a miss too: its hits must not wear out the count of its misses. */
const CHECK_AGAIN_MS = 1000;

/** Addresses are personal data: only a keyed hash is kept. */
const nameOf = ({ secrets }: Needs, client: string): string =>
  `client.${secrets.mac('client', client).toString('base64url').slice(0, 22)}`;

/**
 * A guard, to be passed before a number is looked up for somebody without a ticket for that meeting.
 * @throws FoyerError `too-many-requests`.
 * Cost: none, or 2 reads at once for a client that missed lately, at most once a second.
 */
export async function requireAllowance(services: Needs, client: string): Promise<void> {
  const name = nameOf(services, client);
  const now = services.clock.now();
  const suspect = suspectsOf(services).get(name);
  if (!suspect || suspect.until <= now) return;
  if (suspect.checkedUntil <= now) {
    suspect.checkedUntil = now + CHECK_AGAIN_MS;
    suspect.mayLookUp = now + 1000 * (await secondsToWait(services, client, name, now));
  }
  const wait = Math.ceil((suspect.mayLookUp - now) / 1000);
  if (wait > 0) {
    throw new FoyerError(
      'too-many-requests',
      `too many wrong meeting numbers. Check the number and try again in ${wait} seconds.`,
      { retryAfter: wait },
    );
  }
}

async function secondsToWait(
  { allowances }: Needs,
  client: string,
  name: string,
  now: number,
): Promise<number> {
  const isKnown = client !== '';
  const [own, all] = await Promise.all([
    isKnown ? allowances.find(name) : undefined,
    allowances.find(EVERYBODY),
  ]);
  const mine = allowanceAt(own, MISSES_PER_CLIENT, now);
  const everybodys = allowanceAt(all, MISSES_IN_ALL, now);
  const mustShare = !isKnown || mine.left < MISSES_PER_CLIENT.capacity;
  return (
    secondsUntilOne(mine, MISSES_PER_CLIENT) || (mustShare ? secondsUntilOne(everybodys, MISSES_IN_ALL) : 0)
  );
}

/** The number looked up for this client was nobody's. Cost: 1 read and 1 write, twice, at once. */
export async function recordMiss(services: Needs, client: string): Promise<void> {
  const name = nameOf(services, client);
  const suspects = suspectsOf(services);
  if (suspects.size >= MAX_SUSPECTS) suspects.clear();
  await together([
    client === '' ? undefined : services.allowances.spend(name, MISSES_PER_CLIENT),
    services.allowances.spend(EVERYBODY, MISSES_IN_ALL),
  ]);
  // From the next lookup on what is left has to be asked for.
  suspects.set(name, { until: services.clock.now() + SUSPECT_FOR_MS, checkedUntil: 0, mayLookUp: 0 });
}
