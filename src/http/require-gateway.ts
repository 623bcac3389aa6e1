/** Gateways: processes of ours that hold people's sockets, and say what nobody else can know. */
import type { Environment } from '../config/settings';
import { notAllowed } from '../domain/errors';
import { sameSecret } from '../domain/secrets';
import type { Incoming } from './incoming';

/**
 * A guard: the header `x-foyer-gateway` holds the secret that the gateways and we share.
 * @throws FoyerError `not-allowed`, to everybody where no secret is configured.
 */
export function requireGateway({ headers }: Pick<Incoming, 'headers'>, environment: Environment): void {
  const secret = environment['GATEWAY_SECRET'];
  if (typeof secret !== 'string' || secret === '') {
    throw notAllowed('this is for gateways, and there are none: the service has no GATEWAY_SECRET.');
  }
  if (!sameSecret(headers['x-foyer-gateway'] ?? '', secret)) {
    throw notAllowed('this is for gateways: they know the GATEWAY_SECRET.');
  }
}
