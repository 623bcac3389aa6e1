/** The vendor whose rooms carry what a route is about. */
import { hundredMsSettings } from '../config/hundredms';
import { livekitSettings } from '../config/livekit';
import type { Variables } from '../config/settings';
import { twilioSettings } from '../config/twilio';
import type { MediaServer } from '../ports/media-server';
import type * as HundredMs from './hundredms';
import type * as LiveKit from './livekit';
import type { RequestScope } from './request-scope';
import type * as TwilioVideo from './twilio-video';

/** What the chosen one needs to be told; Twilio's account is needed anyway. */
export const mediaSettings = (variables: Variables, provider: MediaServer['provider']) => ({
  livekit: provider === 'livekit' ? livekitSettings(variables) : undefined,
  hundredMs: provider === '100ms' ? hundredMsSettings(variables) : undefined,
  twilio: twilioSettings(variables),
});

/** `require`, so that a vendor's code is evaluated when it is the chosen one and wanted, which mostly it is not. */
export function composeMedia(
  scope: RequestScope,
  { twilio, livekit, hundredMs }: ReturnType<typeof mediaSettings>,
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
