/** Times to live: what expires goes at its moment, on the emulator's clock, whether anybody asks for it or not. */
import type { Clock } from '../twilio/clock';
import type { Mortal } from './state';

/** @param ttl seconds from now; 0 for ever; undefined leaves the expiry as it is */
export function setTtl(clock: Clock, mortal: Mortal, ttl: number | undefined, expire: () => void): void {
  if (ttl === undefined) return;
  mortal.cancelExpiry?.();
  mortal.expires = ttl === 0 ? null : clock.now() + ttl * 1000;
  mortal.cancelExpiry = ttl === 0 ? undefined : clock.after(ttl * 1000, expire);
}

/** True in the instant between the moment itself and its timer, which a busy process may run late. */
export const isExpired = (clock: Clock, mortal: Mortal): boolean =>
  mortal.expires !== null && mortal.expires <= clock.now();
