/** Twilio Video, where it carries the meetings. */
import { TwilioVideo } from '../adapters/twilio/video/media-server';
import type { TwilioSettings } from '../config/twilio';
import type { MediaServer } from '../ports/media-server';
import { callbackOriginOf, type RequestScope, socketOriginOf } from './request-scope';

/** The route that takes Twilio Video's status callbacks. */
const VIDEO_WEBHOOK = '/webhooks/video';

export function composeTwilioVideo(scope: RequestScope, twilio: TwilioSettings): MediaServer {
  const origin = callbackOriginOf(scope);
  return new TwilioVideo(
    {
      account: twilio,
      apiOrigin: twilio.videoApiUrl,
      ...(twilio.videoIsEmulated ? { socketUrl: `${socketOriginOf(scope)}/signaling` } : {}),
      // The vendor's cloud cannot call a machine that is not on the internet; those are reached by http.
      ...(twilio.videoIsEmulated || origin.startsWith('https:')
        ? { statusCallback: `${origin}${VIDEO_WEBHOOK}` }
        : {}),
    },
    scope.upstream,
  );
}
