/** For Twilio Video's webhooks, which tell of rooms of every kind. */
import { SyncCallStore } from '../adapters/twilio/sync/call-store';
import { SyncMeetingStore } from '../adapters/twilio/sync/meeting-store';
import { readSettings } from '../config/settings';
import { twilioSettings } from '../config/twilio';
import type { VideoGuardServices } from '../ports/services';
import type { Compose } from './request-scope';
import { composeSync } from './sync';
import { composeTwilioVideo } from './twilio-video';

export const videoGuard: Compose<VideoGuardServices> = (scope) => {
  const twilio = readSettings(scope.environment, twilioSettings);
  const { sync } = composeSync(scope, twilio);
  return {
    meetings: new SyncMeetingStore(sync),
    calls: new SyncCallStore(sync),
    media: composeTwilioVideo(scope, twilio),
  };
};
