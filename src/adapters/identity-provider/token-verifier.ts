/**
 * Tokens of an OpenID Connect or OAuth 2.0 identity provider: JWTs (RFC 7519), signed with a key that it
 * publishes, checked as RFC 8725 (JWT best current practices) and RFC 9068 (access tokens) say.
 */
import type { JWTPayload, JWTVerifyOptions, JWTVerifyResult } from 'jose';
import { FoyerError } from '../../domain/errors';
import type { Clock } from '../../ports/clock';
import type { Identity, TokenVerifier } from '../../ports/token-verifier';
import type { Upstream } from '../../upstream/upstream';
import { type Keys, KeySet } from './key-set';
import { isSignatureRefused, isUnknownKey, refusalOf, refuse } from './refusals';

export interface ExpectedTokens {
  readonly jwksUrl: string;
  readonly issuer: string;
  readonly audience: string;
  readonly operatorClaim: string;
}

/**
 * Public keys only: with an HMAC among them, a public key would pass for the secret of it (RFC 8725 section
 * 2.1). Ed25519 is the name that RFC 9864 gives to what everybody uses of EdDSA.
 */
const ALGORITHMS = 'RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA Ed25519'.split(' ');
/** How far the provider's clock and ours may be apart. */
const CLOCK_TOLERANCE_S = 60;
/** Half of what Node takes as headers altogether; real ones have 1 to 2 kB. */
const MAX_LENGTH = 8_192;
/** A provider signs other things, too: logout notices, events, proofs (RFC 8725 section 3.11). */
const TYPE = /^(application\/)?(at\+)?jwt$/i;

/** Of this instance, for all its requests. */
let kept: KeySet | undefined;

function keySetAt(url: string, clock: Clock): KeySet {
  if (kept?.url !== url) kept = new KeySet(url, clock);
  return kept;
}

export class IdentityProviderTokens implements TokenVerifier {
  constructor(
    private readonly expected: ExpectedTokens,
    private readonly upstream: Upstream,
    private readonly clock: Clock,
  ) {}

  /** No call while the provider's keys are known, else one; a token with an unknown key costs one in 10 s. */
  async verify(token: string): Promise<Identity> {
    if (token.length > MAX_LENGTH) throw refuse(`is longer than ${MAX_LENGTH} characters`);
    const { protectedHeader, payload } = await this.check(token).catch((error: unknown) => {
      throw error instanceof FoyerError ? error : refusalOf(error);
    });
    if (protectedHeader.typ !== undefined && !TYPE.test(protectedHeader.typ))
      throw refuse('is of another type (typ) than those that say who somebody is');
    return { subject: subjectOf(payload), isOperator: isTrue(payload, this.expected.operatorClaim) };
  }

  private async check(token: string): Promise<JWTVerifyResult> {
    const keySet = keySetAt(this.expected.jwksUrl, this.clock);
    let tried: Keys | undefined;
    try {
      // The keys are asked for by a token that is well formed and signed as it should be, not sooner.
      return await this.checkWith(token, async (header, jws) => {
        tried ??= await keySet.read(this.upstream);
        return tried(header, jws);
      });
    } catch (error) {
      const isOfUnknownKey = isUnknownKey(error);
      if (tried === undefined || !(isOfUnknownKey || isSignatureRefused(error))) throw error;
      // A provider may have put a new key in place of an old one, under the same name or without any.
      const newer = await keySet.newerThan(tried, this.upstream).catch((failure: unknown) => {
        if (isOfUnknownKey) throw failure;
      });
      if (newer === undefined) throw error;
      return this.checkWith(token, newer);
    }
  }

  private async checkWith(token: string, keys: Keys): Promise<JWTVerifyResult> {
    const { errors, jwtVerify } = await import('./jose');
    const options: JWTVerifyOptions = {
      algorithms: ALGORITHMS,
      issuer: this.expected.issuer,
      audience: this.expected.audience,
      requiredClaims: ['sub', 'exp'],
      clockTolerance: CLOCK_TOLERANCE_S,
      currentDate: new Date(this.clock.now()),
    };
    try {
      return await jwtVerify(token, keys, options);
    } catch (error) {
      if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error;
      // It names no key, and several are of its kind.
      for await (const key of error) {
        const result = await jwtVerify(token, key, options).catch((failure: unknown) => {
          if (!isSignatureRefused(failure)) throw failure;
        });
        if (result) return result;
      }
      throw new errors.JWSSignatureVerificationFailed();
    }
  }
}

function subjectOf({ sub }: JWTPayload): string {
  // Signed by the provider, yet untyped.
  const subject: unknown = sub;
  if (typeof subject !== 'string' || subject === '') throw refuse('names nobody: its claim sub is no text');
  return subject;
}

const isTrue = (payload: JWTPayload, claim: string): boolean =>
  Object.hasOwn(payload, claim) && payload[claim] === true;
