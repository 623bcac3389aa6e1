/** What a person is told when the server says no. */
import type { Reason } from '../api/refusal';
import { text, type TextKey } from './text';

const WORDS = {
  offline: 'reason.offline',
  busy: 'reason.busy',
  tooManyTries: 'reason.tooManyTries',
  noSuchMeeting: 'reason.noSuchMeeting',
  ended: 'reason.ended',
  denied: 'reason.denied',
  removed: 'reason.removed',
  staleTicket: 'reason.fault',
  notListed: 'reason.fault',
  notAdmitted: 'reason.fault',
  notWaiting: 'write.gone',
  staleRoom: 'reason.fault',
  full: 'out.full',
  operatorsOnly: 'reason.operatorsOnly',
  operatorsClosed: 'reason.operatorsClosed',
  usersOnly: 'reason.usersOnly',
  usersClosed: 'reason.usersClosed',
  notYou: 'reason.notYou',
  conflict: 'reason.fault',
  badInput: 'reason.badInput',
  fault: 'reason.fault',
} as const satisfies Record<Reason, TextKey>;

export const wordsFor = (reason: Reason): string => text(WORDS[reason]);
