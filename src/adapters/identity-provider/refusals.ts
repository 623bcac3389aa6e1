/** What is wrong with a token, in sentences that repeat nothing of it. */
import { FoyerError } from '../../domain/errors';
import { providerFailed } from './key-set';

/** @param fault completes "your token …" */
export const refuse = (fault: string): FoyerError =>
  new FoyerError('invalid-token', `your token ${fault}. Get a new one from the identity provider.`);

/** `jose`'s codes are its stable interface. */
const FAULTS: Readonly<Record<string, string>> = {
  ERR_JWT_EXPIRED: 'has expired',
  ERR_JOSE_ALG_NOT_ALLOWED: 'is not signed with an algorithm that is accepted here (RS, PS, ES or EdDSA)',
  ERR_JOSE_NOT_SUPPORTED: 'asks for an extension (crit) that is not known here',
  ERR_JWKS_NO_MATCHING_KEY: 'is signed with a key that the identity provider does not publish',
  ERR_JWS_SIGNATURE_VERIFICATION_FAILED: "has a signature that is not the identity provider's",
  ERR_JWS_INVALID: 'is not a signed JWT',
  ERR_JWT_INVALID: 'is not a signed JWT',
};

const CLAIM_FAULTS: Readonly<Record<string, string>> = {
  iss: 'is from another issuer (iss)',
  aud: 'is meant for another service (aud)',
  nbf: 'is not valid yet (nbf)',
};

interface JoseError {
  readonly code: string;
  readonly claim?: string;
  readonly reason?: string;
}

const isJoseError = (error: unknown): error is JoseError =>
  error instanceof Error && 'code' in error && typeof error.code === 'string';

export const isUnknownKey = (error: unknown): boolean =>
  isJoseError(error) && error.code === 'ERR_JWKS_NO_MATCHING_KEY';

export const isSignatureRefused = (error: unknown): boolean =>
  isJoseError(error) && error.code === 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED';

/** @returns `invalid-token`; or `try-again` for what is not the token's fault, such as a published key that is none. */
export function refusalOf(error: unknown): FoyerError {
  if (!isJoseError(error)) return providerFailed(error);
  if (error.code === 'ERR_JWT_CLAIM_VALIDATION_FAILED') return refuse(claimFault(error));
  const fault = FAULTS[error.code];
  return fault === undefined ? providerFailed(error) : refuse(fault);
}

function claimFault({ claim = '', reason }: JoseError): string {
  if (reason === 'missing') return `lacks the claim ${claim}`;
  return (
    (reason === 'check_failed' ? CLAIM_FAULTS[claim] : undefined) ?? `has a claim ${claim} that is not valid`
  );
}
