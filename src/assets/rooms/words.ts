/** What went wrong, where it is a room and no meeting that it is about. */
import type { Reason } from '../api/refusal';
import type { Departure } from '../media/departure';
import { text, type TextKey } from '../texts/text';
import { troubleWords } from '../texts/trouble';

const OURS: Readonly<Partial<Record<Reason | Departure, TextKey>>> = {
  noSuchMeeting: 'rooms.unknown.words',
  busy: 'rooms.busy',
  tooManyTries: 'rooms.busy',
  operatorsOnly: 'rooms.operatorsOnly',
  operatorsClosed: 'rooms.operatorsClosed',
  usersClosed: 'rooms.usersClosed',
  full: 'rooms.full',
  lost: 'rooms.lost',
};

export function roomTrouble(trouble: Reason | Departure): string {
  const ours = OURS[trouble];
  return ours ? text(ours) : troubleWords(trouble);
}

export function howMany(count: number): string {
  if (count === 0) return text('rooms.nobody');
  return text('rooms.people', { count });
}
