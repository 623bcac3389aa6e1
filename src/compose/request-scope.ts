/** What the services of one request are made of. */
import { domainOnTwilio, type Environment } from '../config/settings';
import { type Clock, systemClock } from '../ports/clock';
import { Upstream } from '../upstream/upstream';

export interface RequestScope {
  readonly environment: Environment;
  /**
   * The one that the caller says to have come by, such as `https://meet.example`: for what goes back to the caller,
   * such as the emulators' sockets and links to our pages.
   */
  readonly origin: string;
  readonly clock: Clock;
  /** Counts the calls of this one request and keeps them within its time. */
  readonly upstream: Upstream;
}

/** A group of services, for one request. @throws FoyerError `misconfigured` that names every variable at fault. */
export type Compose<S> = (scope: RequestScope) => S;

export const requestScope = (
  environment: Environment,
  origin: string,
  clock: Clock = systemClock,
): RequestScope => ({ environment, origin, clock, upstream: new Upstream(clock) });

/** Where vendors call back: on Twilio the service's own address, because a caller says freely by which one it came. */
export function callbackOriginOf({
  environment,
  origin,
}: Pick<RequestScope, 'environment' | 'origin'>): string {
  const domain = domainOnTwilio(environment);
  return domain === undefined ? origin : `https://${domain}`;
}

/** Where sockets open that come by the same way as the caller. */
export const socketOriginOf = ({ origin }: Pick<RequestScope, 'origin'>): string =>
  origin.replace(/^http/, 'ws');
