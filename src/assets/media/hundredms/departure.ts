/** 100ms' errors in our words. https://www.100ms.live/docs/javascript/v2/how-to-guides/debugging/error-handling */
import type { Departure } from '../departure';

/** The server's codes are those of HTTP; what is above is the SDK's. */
const DEPARTURES: Readonly<Record<number, Departure>> = {
  401: 'expired',
  403: 'closed',
  404: 'closed',
  410: 'closed',
  // No connection for media can be made.
  4005: 'unable',
  4006: 'unable',
  // There are no devices for pages of this origin, or no calls in this browser.
  6010: 'unable',
  6011: 'unable',
};

export function departureIn(error: unknown): Departure {
  const { code, message = '', description = '' } = (error ?? {}) as Readonly<Record<string, unknown>>;
  if (code === 403 && /\bfull\b/.test(`${String(message)} ${String(description)}`)) return 'full';
  return (typeof code === 'number' ? DEPARTURES[code] : undefined) ?? 'lost';
}
