/** Whoever checks users' tokens, where an identity provider is configured. */
import type * as Adapter from '../adapters/identity-provider/token-verifier';
import type { IdentityProvider } from '../config/identity-provider';
import type { TokenVerifier } from '../ports/token-verifier';
import type { RequestScope } from './request-scope';

/** `require`: most requests come without a token, and are spared the cryptography. */
export function composeTokenVerifier(
  { upstream, clock }: Pick<RequestScope, 'upstream' | 'clock'>,
  provider: IdentityProvider,
): TokenVerifier {
  const { IdentityProviderTokens } =
    require('../adapters/identity-provider/token-verifier') as typeof Adapter;
  return new IdentityProviderTokens(provider, upstream, clock);
}
