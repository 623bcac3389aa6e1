/** How much one client may have of the gateway, by network address and by user. */
import { networkOf } from '../client-address';
import { Allowances } from '../allowances';
import { LIVE_LIMITS } from './limits';
import { Refused } from './refusal';
import { Turns } from './turns';

/** What the sockets of one address share. */
export class Household {
  sockets = 0;
  /** In which order the functions are asked for them. */
  readonly turns = new Turns(LIVE_LIMITS.connectingAtOnce);

  constructor(readonly network: string) {}
}

export class ClientLimits {
  readonly #connects = new Allowances(LIVE_LIMITS.connects);
  readonly #connectsOfUser = new Allowances(LIVE_LIMITS.connectsPerUser);
  readonly #households = new Map<string, Household>();

  /**
   * A place for one more socket, to be given back.
   * @throws Refused 429.
   */
  take(address: string, user: string | undefined): Household {
    const network = networkOf(address);
    const household = this.#households.get(network) ?? new Household(network);
    if (household.sockets >= LIVE_LIMITS.socketsPerClient) {
      throw new Refused(429, `too many sockets: one address may have ${LIVE_LIMITS.socketsPerClient}.`);
    }
    if (!this.#connects.spend(network)) throw new Refused(429, 'too many new sockets; try again later.');
    // By address too: nobody can use up what belongs to a user elsewhere.
    if (user !== undefined && !this.#connectsOfUser.spend(`${network} ${user}`)) {
      throw new Refused(429, 'this user connects too often; try again in a minute.');
    }
    this.#households.set(network, household);
    household.sockets += 1;
    return household;
  }

  giveBack(household: Household): void {
    household.sockets -= 1;
    if (household.sockets === 0) this.#households.delete(household.network);
  }
}
