/** Twilio's error codes in our words. https://www.twilio.com/docs/api/errors */
import type { Departure } from '../departure';

const DEPARTURES: Readonly<Record<number, Departure>> = {
  20101: 'expired',
  20104: 'expired',
  20106: 'closed',
  20107: 'expired',
  53103: 'closed',
  53105: 'full',
  53106: 'closed',
  53118: 'closed',
  53119: 'closed',
  53205: 'elsewhere',
  53404: 'unable',
};

/** @param error as `disconnected` brings it; without one somebody has put us out */
export function departureOf(error: unknown): Departure | undefined {
  if (error === undefined || error === null) return undefined;
  const { code } = error as { code?: unknown };
  return typeof code === 'number' ? (DEPARTURES[code] ?? 'lost') : 'lost';
}
