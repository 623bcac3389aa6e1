/** Words for what went wrong on the way into the room. */
import type { Reason } from '../api/refusal';
import type { Departure } from '../media/departure';
import { wordsFor } from './reasons';
import { text, type TextKey } from './text';

const DEPARTURES: Readonly<Record<Departure, TextKey>> = {
  lost: 'out.lost',
  closed: 'out.closed',
  putOut: 'out.putOut',
  elsewhere: 'out.elsewhere',
  full: 'out.full',
  expired: 'out.expired',
  unable: 'out.unable',
  noMedia: 'out.noMedia',
};

const isDeparture = (trouble: Reason | Departure): trouble is Departure => trouble in DEPARTURES;

export const troubleWords = (trouble: Reason | Departure): string =>
  isDeparture(trouble) ? text(DEPARTURES[trouble]) : wordsFor(trouble);
