/** How calls ring, and whose rooms carry them. */
import type { Variables } from './settings';

export interface CallSettings {
  readonly provider: 'livekit' | 'twilio';
  /** How long a call rings before it is missed. */
  readonly ringMs: number;
  /** How long a party may be without any device before its call ends. */
  readonly graceMs: number;
}

export const callSettings = (variables: Variables): CallSettings => ({
  provider: variables.oneOf(
    'CALLS_PROVIDER',
    ['livekit', 'twilio'],
    variables.text('LIVEKIT_API_KEY') === '' ? 'twilio' : 'livekit',
  ),
  ringMs: 1000 * variables.wholeNumber('RING_TIMEOUT_SECONDS', [1, 600], 45),
  graceMs: 1000 * variables.wholeNumber('CALL_GRACE_SECONDS', [1, 300], 10),
});
