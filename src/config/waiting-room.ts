/** How waiting rooms are run. */
import { DEFAULT_DIGITS, MAX_DIGITS, MIN_DIGITS } from '../domain/meeting-id';
import type { Variables } from './settings';

export interface WaitingRoomSettings {
  readonly provider: 'twilio' | 'livekit';
  readonly meetingIdDigits: number;
}

export const waitingRoomSettings = (variables: Variables): WaitingRoomSettings => ({
  provider: variables.oneOf('MEETINGS_PROVIDER', ['twilio', 'livekit'], 'twilio'),
  meetingIdDigits: variables.wholeNumber('MEETING_ID_DIGITS', [MIN_DIGITS, MAX_DIGITS], DEFAULT_DIGITS),
});
