import type { GatewayLease } from '../ports/gateways';
import type { PresenceServices } from './services';

/**
 * A gateway is there, for another while: the people at its sockets count as online.
 * @throws FoyerError `try-again`. Cost: 1 read, 1 write; more for a new gateway.
 */
export const renewGatewayLease = (
  { gateways }: Pick<PresenceServices, 'gateways'>,
  { gateway }: { readonly gateway: string },
): Promise<GatewayLease> => gateways.renew(gateway);
