/**
 * The keys that an identity provider publishes (RFC 7517 section 5), kept by this instance. They are asked for
 * again now and then, and when a token comes that none of them has signed: that is how keys are rotated.
 */
import type { JSONWebKeySet, JWTVerifyGetKey } from 'jose';
import { FoyerError } from '../../domain/errors';
import type { Clock } from '../../ports/clock';
import type { Upstream, UpstreamOptions } from '../../upstream/upstream';

/** One version of the set: finds the key that a token names. */
export type Keys = JWTVerifyGetKey;

/** How soon a key that the provider has withdrawn stops being accepted. */
const FRESH_MS = 10 * 60_000;
/** How long old keys serve while the provider is down: about as long as the tokens that they have signed. */
const KEPT_MS = 60 * 60_000;
/** Anybody can make up tokens with unknown keys; the provider is bothered for them this seldom. */
const COOL_DOWN_MS = 10_000;
/** The set is a small static file; what takes longer is down, and the route itself needs time, too. */
const FETCH: UpstreamOptions = { attempts: 3, timeoutMs: 2_000 };
/** While there are keys to fall back on. */
const REFRESH: UpstreamOptions = { ...FETCH, attempts: 1 };

export class KeySet {
  private keys: Keys | undefined;
  private readAt = Number.NEGATIVE_INFINITY;
  private askedAt = Number.NEGATIVE_INFINITY;
  /** What the provider's last answer was not, if so. */
  private failure: FoyerError | undefined;
  private asking: Promise<Keys> | undefined;

  constructor(
    readonly url: string,
    private readonly clock: Clock,
  ) {}

  /**
   * The keys as they were lately. No call while they are fresh, else one, shared by all who wait for it.
   * @throws FoyerError `try-again` when the provider gives none and there are none to fall back on.
   */
  async read(upstream: Upstream): Promise<Keys> {
    const { keys } = this;
    const age = this.clock.now() - this.readAt;
    if (keys === undefined || age >= KEPT_MS) return this.ask(upstream, FETCH);
    if (age < FRESH_MS || this.isCoolingDown()) return keys;
    return this.ask(upstream, REFRESH).catch(() => keys);
  }

  /**
   * Keys that may have taken the place of `tried`. At most one call.
   * @returns undefined when the provider has just said that there are none.
   * @throws FoyerError `try-again` when the provider cannot say.
   */
  async newerThan(tried: Keys, upstream: Upstream): Promise<Keys | undefined> {
    if (this.asking) return this.asking;
    if (this.keys !== tried) return this.keys;
    if (!this.isCoolingDown()) return this.ask(upstream, REFRESH);
    if (this.failure) throw this.failure;
    return undefined;
  }

  private isCoolingDown(): boolean {
    return this.clock.now() - this.askedAt < COOL_DOWN_MS;
  }

  /** Whoever comes while the provider is being asked waits for that answer. */
  private ask(upstream: Upstream, options: UpstreamOptions): Promise<Keys> {
    this.asking ??= this.fetch(upstream, options).finally(() => {
      this.asking = undefined;
    });
    return this.asking;
  }

  private async fetch(upstream: Upstream, options: UpstreamOptions): Promise<Keys> {
    this.askedAt = this.clock.now();
    try {
      const { createLocalJWKSet } = await import('./jose');
      const headers = { accept: 'application/jwk-set+json, application/json' };
      const { status, body } = await upstream.request({ method: 'GET', url: this.url, headers }, options);
      if (status !== 200) throw new Error(`AUTH_JWKS_URL answers with status ${status}`);
      this.keys = createLocalJWKSet(keySetIn(body));
      this.readAt = this.clock.now();
      this.failure = undefined;
      return this.keys;
    } catch (cause) {
      this.failure = providerFailed(cause);
      throw this.failure;
    }
  }
}

/** What the caller is told when the provider, not the token, is at fault. @param cause for the log only */
export const providerFailed = (cause: unknown): FoyerError =>
  new FoyerError(
    'try-again',
    'the identity provider cannot be asked whether your token is valid. Try again in a moment.',
    { cause },
  );

/** @throws Error when it is not a key set, or an empty one: keys that we know are better than none. */
function keySetIn(body: string): JSONWebKeySet {
  let set: unknown;
  try {
    set = JSON.parse(body);
  } catch {
    throw new Error('AUTH_JWKS_URL answers with something that is not JSON');
  }
  const keys = typeof set === 'object' && set !== null && 'keys' in set ? set.keys : undefined;
  if (!Array.isArray(keys) || keys.length === 0)
    throw new Error('AUTH_JWKS_URL answers with something that is not a key set, or an empty one');
  return { keys };
}
