/** Meetings with a waiting room: Sync keeps them, and the chosen vendor's rooms carry them. */
import { SyncAllowanceStore } from '../adapters/twilio/sync/allowance-store';
import { SyncMeetingStore } from '../adapters/twilio/sync/meeting-store';
import { SyncWaitingRoom } from '../adapters/twilio/sync/waiting-room';
import { hundredMsSettings } from '../config/hundredms';
import { livekitSettings } from '../config/livekit';
import { readSettings, type Variables } from '../config/settings';
import { twilioSettings } from '../config/twilio';
import { waitingRoomSettings } from '../config/waiting-room';
import type { MediaServer } from '../ports/media-server';
import type { WaitingRoomServices } from '../ports/services';
import type * as HundredMs from './hundredms';
import type * as LiveKit from './livekit';
import type { Compose, RequestScope } from './request-scope';
import { composeSync } from './sync';
import type * as TwilioVideo from './twilio-video';

const settings = (variables: Variables) => {
  const { provider, meetingIdDigits } = waitingRoomSettings(variables);
  const livekit = provider === 'livekit' ? livekitSettings(variables) : undefined;
  const hundredMs = provider === '100ms' ? hundredMsSettings(variables) : undefined;
  return { meetingIdDigits, livekit, hundredMs, twilio: twilioSettings(variables) };
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

/** `require`, so that a vendor's code is evaluated when it is the chosen one and wanted, which mostly it is not. */
function composeMedia(
  scope: RequestScope,
  { twilio, livekit, hundredMs }: ReturnType<typeof settings>,
): MediaServer {
  if (livekit !== undefined) {
    const { composeLiveKit } = require('./livekit') as typeof LiveKit;
    return composeLiveKit(scope, livekit).media;
  }
  if (hundredMs !== undefined) {
    const { composeHundredMs } = require('./hundredms') as typeof HundredMs;
    return composeHundredMs(scope, hundredMs);
  }
  const { composeTwilioVideo } = require('./twilio-video') as typeof TwilioVideo;
  return composeTwilioVideo(scope, twilio);
}
