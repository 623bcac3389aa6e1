/**
 * Slows down those who guess meeting numbers. Misses are counted per client and in all; hits are not. Somebody
 * with a genuine ticket does not guess. A client that has not missed lately costs no call: an instance looks
 * a client up only once it has seen that client, or anybody through the shared count, miss.
 *
 * Where addresses are unknown (Twilio hides them from functions) the shared count alone decides: an allowance
 * of one client's size for everybody would let anybody lock out everybody.
 */
import { allowanceAt, MISSES_IN_ALL, MISSES_PER_CLIENT, secondsUntilOne } from '../domain/allowance';
import { FoyerError } from '../domain/errors';
import type { Services } from './services';

type Needs = Pick<Services, 'allowances' | 'clock' | 'secrets'>;

const EVERYBODY = 'everybody';
/** How long an instance remembers that a client has missed: as long as an allowance takes to refill. */
const SUSPECT_FOR_MS = MISSES_PER_CLIENT.capacity * MISSES_PER_CLIENT.refillMs;
const MAX_SUSPECTS = 10_000;

/** Clients that this instance saw miss, with ms since epoch. Only saves calls. */
const suspects = new Map<string, number>();

/** Addresses are personal data: only a keyed hash is kept. */
const nameOf = ({ secrets }: Needs, client: string): string =>
  `client.${secrets.mac('client', client).toString('base64url').slice(0, 22)}`;

/**
 * A guard, to be passed before a number is looked up for somebody without a ticket.
 * @throws FoyerError `too-many-requests`. Cost: none, or 2 reads at once for a client that missed lately.
 */
export async function requireAllowance(services: Needs, client: string): Promise<void> {
  const name = nameOf(services, client);
  const now = services.clock.now();
  if ((suspects.get(name) ?? 0) <= now) return;
  const isKnown = client !== '';
  const [own, all] = await Promise.all([
    isKnown ? services.allowances.find(name) : undefined,
    services.allowances.find(EVERYBODY),
  ]);
  const mine = allowanceAt(own, MISSES_PER_CLIENT, now);
  const everybodys = allowanceAt(all, MISSES_IN_ALL, now);
  const wait =
    secondsUntilOne(mine, MISSES_PER_CLIENT) ||
    (!isKnown || mine.left < MISSES_PER_CLIENT.capacity ? secondsUntilOne(everybodys, MISSES_IN_ALL) : 0);
  if (wait > 0) {
    throw new FoyerError(
      'too-many-requests',
      `too many wrong meeting numbers. Check the number and try again in ${wait} seconds.`,
      { retryAfter: wait },
    );
  }
}

/** The number looked up for this client was nobody's. Cost: 1 read and 1 write, twice, at once. */
export async function recordMiss(services: Needs, client: string): Promise<void> {
  const name = nameOf(services, client);
  if (suspects.size >= MAX_SUSPECTS) suspects.clear();
  suspects.set(name, services.clock.now() + SUSPECT_FOR_MS);
  await Promise.all([
    client === '' ? undefined : services.allowances.spend(name, MISSES_PER_CLIENT),
    services.allowances.spend(EVERYBODY, MISSES_IN_ALL),
  ]);
}
