/** Meetings with a waiting room: Sync keeps them, and the chosen vendor's rooms carry them. */
import { SyncAllowanceStore } from '../adapters/twilio/sync/allowance-store';
import { SyncMeetingStore } from '../adapters/twilio/sync/meeting-store';
import { SyncWaitingRoom } from '../adapters/twilio/sync/waiting-room';
import { readSettings, type Variables } from '../config/settings';
import { waitingRoomSettings } from '../config/waiting-room';
import type { MediaServer } from '../ports/media-server';
import type { WaitingRoomServices } from '../ports/services';
import { composeMedia, mediaSettings } from './media';
import type { Compose } from './request-scope';
import { composeSync } from './sync';

const settings = (variables: Variables) => {
  const { provider, meetingIdDigits } = waitingRoomSettings(variables);
  return { meetingIdDigits, ...mediaSettings(variables, provider) };
};

export const waitingRoom: Compose<WaitingRoomServices> = (scope) => {
  const chosen = readSettings(scope.environment, settings);
  const { sync, secrets } = composeSync(scope, chosen.twilio);
  let media: MediaServer | undefined;
  return {
    meetings: new SyncMeetingStore(sync),
    waitingRoom: new SyncWaitingRoom(sync),
    allowances: new SyncAllowanceStore(sync),
    get media() {
      return (media ??= composeMedia(scope, chosen));
    },
    secrets,
    clock: scope.clock,
    defaults: { meetingIdDigits: chosen.meetingIdDigits },
  };
};
