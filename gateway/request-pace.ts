/** How fast one client may ask. */
import type { IncomingMessage } from 'node:http';
import { Allowances } from './allowances';
import type { Refusal } from './answers';
import { forwardedFor, isLoopback, networkOf, type ProxyTrust } from './client-address';
import { LIMITS } from './limits';

export const TOO_FAST: Refusal = {
  status: 429,
  message: `too many requests: one address may send ${LIMITS.requests.perSecond} a second; try again.`,
  headers: { 'retry-after': '1' },
};

export class RequestPace {
  readonly #allowances = new Allowances(LIMITS.requests);

  constructor(private readonly isProxy: ProxyTrust) {}

  /** What runs on this machine, and speaks for nobody else, may ask as fast as it likes. */
  isTooFast(req: IncomingMessage): boolean {
    const { client } = forwardedFor(req, this.isProxy);
    return !isLoopback(client) && !this.#allowances.spend(networkOf(client));
  }
}
