/** A token bucket as a value: how many more misses or messages are allowed, refilled with time. */
export interface Allowance {
  /** What is left, at most the capacity of its {@link Limit}. */
  readonly left: number;
  /** ms since epoch at which `left` was true. */
  readonly at: number;
}

export interface Limit {
  readonly capacity: number;
  /** ms until one more is allowed. */
  readonly refillMs: number;
}

/** One client: twenty wrong numbers at once, then one every ten seconds. */
export const MISSES_PER_CLIENT: Limit = { capacity: 20, refillMs: 10_000 };
/** All clients together. Once it is used up, one miss is enough to be kept out for a while. */
export const MISSES_IN_ALL: Limit = { capacity: 500, refillMs: 1_000 };

/** One client: as many tests of the connection as somebody makes who mends it, then two a minute. */
export const TESTS_PER_CLIENT: Limit = { capacity: 10, refillMs: 30_000 };

/** One phone: three messages at once, then one every ten minutes. */
export const INVITES_PER_PHONE: Limit = { capacity: 3, refillMs: 600_000 };
/** One meeting: as many as a room takes, then one a minute. */
export const INVITES_PER_MEETING: Limit = { capacity: 50, refillMs: 60_000 };
/** All meetings together: a stolen operator key costs no more than this. */
export const INVITES_IN_ALL: Limit = { capacity: 200, refillMs: 10_000 };

/** One host: as many messages at once as nobody types, then one every two seconds. */
export const MESSAGES_PER_MEETING: Limit = { capacity: 30, refillMs: 2_000 };

export function allowanceAt(allowance: Allowance | undefined, limit: Limit, now: number): Allowance {
  if (!allowance) return { left: limit.capacity, at: now };
  const refilled = allowance.left + Math.max(0, now - allowance.at) / limit.refillMs;
  return { left: Math.min(limit.capacity, refilled), at: now };
}

export const spendOne = (allowance: Allowance): Allowance => ({
  ...allowance,
  left: Math.max(0, allowance.left - 1),
});

/** Whole seconds until one more is allowed; 0 when one is now. */
export const secondsUntilOne = ({ left }: Allowance, limit: Limit): number =>
  left >= 1 ? 0 : Math.ceil(((1 - left) * limit.refillMs) / 1000);
