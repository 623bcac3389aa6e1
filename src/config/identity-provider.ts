/** Whoever vouches for users and operators by signed tokens. */
import type { Variables } from './settings';

export interface IdentityProvider {
  /** Where it publishes the keys that it signs with, RFC 7517 section 5. */
  readonly jwksUrl: string;
  readonly issuer: string;
  /** What its tokens call this service. */
  readonly audience: string;
  /** The claim that is `true` in operators' tokens. */
  readonly operatorClaim: string;
}

const DEFAULT_OPERATOR_CLAIM = 'operator';
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;
const NEEDED = ['AUTH_JWKS_URL', 'AUTH_ISSUER', 'AUTH_AUDIENCE'] as const;

/** @returns undefined where none is configured; one that is configured by half is a fault. */
export function identityProvider(variables: Variables): IdentityProvider | undefined {
  if (NEEDED.every((name) => variables.text(name) === '')) return undefined;
  const [jwksUrl, issuer, audience] = NEEDED.map((name) => variables.required(name)) as [
    string,
    string,
    string,
  ];
  const url = URL.canParse(jwksUrl) ? new URL(jwksUrl) : undefined;
  // Whoever can answer in the provider's place can make anybody an operator.
  const isTrusted = url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.test(url.hostname));
  if (jwksUrl !== '' && !isTrusted)
    variables.faults.push('AUTH_JWKS_URL must be an https URL (http on this machine only)');
  const operatorClaim = variables.text('AUTH_OPERATOR_CLAIM') || DEFAULT_OPERATOR_CLAIM;
  return { jwksUrl, issuer, audience, operatorClaim };
}
