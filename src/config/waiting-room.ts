/** How waiting rooms are run. */
import { DEFAULT_DIGITS, MAX_DIGITS, MIN_DIGITS } from '../domain/meeting-id';
import type { Variables } from './settings';

export interface WaitingRoomSettings {
  readonly provider: 'twilio' | 'livekit' | '100ms';
  readonly meetingIdDigits: number;
}

export const waitingRoomSettings = (variables: Variables): WaitingRoomSettings => ({
  provider: variables.oneOf('MEETINGS_PROVIDER', ['twilio', 'livekit', '100ms'], 'twilio'),
  meetingIdDigits: variables.wholeNumber('MEETING_ID_DIGITS', [MIN_DIGITS, MAX_DIGITS], DEFAULT_DIGITS),
});
