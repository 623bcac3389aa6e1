/** How good the way to a provider is, and what that means to somebody who wants to be seen and heard. */

/** What was measured. */
export interface NetworkReport {
  /** How far it went: not to the provider, to it, or as far as pictures and sound have to go. */
  readonly reached: 'nothing' | 'provider' | 'media';
  /** There and back, ms; as the rest on average, and undefined where it cannot be told. */
  readonly roundTripMs?: number | undefined;
  /** Of 100 packets. */
  readonly lostPercent?: number | undefined;
  /** Of what was sent, in thousands of bits a second. */
  readonly sentKbps?: number | undefined;
}

export type NetworkVerdict =
  | 'good'
  /** People are seen, not always well. */
  | 'stutters'
  /** Without pictures people understand each other. */
  | 'soundOnly'
  /** The provider answers, and neither pictures nor sound come through. */
  | 'blocked'
  /** The provider does not answer. */
  | 'unreachable';

/** From here on a conversation begins to stumble (ITU-T G.114 says 150 ms one way), or hardly is one. */
const ROUND_TRIP_MS = { stutters: 350, soundOnly: 800 };
const LOST_PERCENT = { stutters: 3, soundOnly: 12 };
/** What a small picture needs, and what no picture fits in. */
const SENT_KBPS = { stutters: 450, soundOnly: 150 };

export function judge({
  reached,
  roundTripMs = 0,
  lostPercent = 0,
  sentKbps = Infinity,
}: NetworkReport): NetworkVerdict {
  if (reached === 'nothing') return 'unreachable';
  if (reached === 'provider') return 'blocked';
  const isAtLeast = (level: 'stutters' | 'soundOnly'): boolean =>
    roundTripMs > ROUND_TRIP_MS[level] || lostPercent > LOST_PERCENT[level] || sentKbps < SENT_KBPS[level];
  return isAtLeast('soundOnly') ? 'soundOnly' : isAtLeast('stutters') ? 'stutters' : 'good';
}
