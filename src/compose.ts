/** Config → services: the one place that knows which adapter stands behind which port. */
import { IdentityProviderTokens } from './adapters/identity-provider/token-verifier';
import { LiveKit } from './adapters/livekit/media-server';
import { SyncAllowanceStore } from './adapters/twilio/sync/allowance-store';
import { SyncMeetingRegistry } from './adapters/twilio/sync/meeting-registry';
import { SyncMeetingStore } from './adapters/twilio/sync/meeting-store';
import { SyncService } from './adapters/twilio/sync/sync-service';
import { SyncWaitingRoom } from './adapters/twilio/sync/waiting-room';
import { TwilioVideo } from './adapters/twilio/video/media-server';
import type { Config, IdentityProvider } from './config';
import { FoyerError } from './domain/errors';
import { Secrets } from './domain/secrets';
import { type Clock, systemClock } from './ports/clock';
import type { MediaServer } from './ports/media-server';
import type { LiveKitService, Services } from './ports/services';
import type { TokenVerifier } from './ports/token-verifier';
import { Upstream } from './upstream/upstream';

/** The route that takes Twilio Video's status callbacks. */
const VIDEO_WEBHOOK = '/webhooks/video';

export interface ComposedServices extends Services {
  /** Counts the calls of this one request and keeps them within its time. */
  readonly upstream: Upstream;
}

/** What one request asks of others, from its very beginning: counted, and kept within its time. */
export const newUpstream = (clock: Clock = systemClock): Upstream => new Upstream(clock);

export const composeVerifier = (
  provider: IdentityProvider,
  upstream: Upstream,
  clock: Clock = systemClock,
): TokenVerifier => new IdentityProviderTokens(provider, upstream, clock);

/**
 * Services for one request.
 * @param origin the one that the caller came by, such as `https://meet.example`: names the emulators' sockets
 *   to browsers, and ourselves to vendors who call back.
 */
export function compose(
  config: Config,
  origin: string,
  clock: Clock = systemClock,
  upstream: Upstream = newUpstream(clock),
): ComposedServices {
  const { twilio } = config;
  const secrets = new Secrets(config.rootSecret);
  const sync = new SyncService(
    {
      account: twilio,
      serviceSid: twilio.syncServiceSid,
      apiOrigin: twilio.syncApiUrl,
      reachabilityWebhooks: twilio.reachabilityWebhooks,
      ...(twilio.syncIsEmulated ? { socketUrl: `${socketOriginOf(origin)}/v3/wsconnect` } : {}),
    },
    secrets,
    clock,
    upstream,
  );
  const livekit = (): LiveKitService => composeLiveKit(config, origin, upstream, clock);
  const media =
    config.meetingsProvider === 'livekit' ? livekit().media : composeVideo(config, origin, upstream);
  return {
    meetings: new SyncMeetingStore(sync),
    registry: new SyncMeetingRegistry(sync),
    waitingRoom: new SyncWaitingRoom(sync),
    allowances: new SyncAllowanceStore(sync),
    media,
    livekit,
    secrets,
    clock,
    defaults: { meetingIdDigits: config.meetingIdDigits },
    frontendUrl: config.frontendUrl ?? origin,
    upstream,
  };
}

function composeVideo({ twilio }: Config, origin: string, upstream: Upstream): MediaServer {
  return new TwilioVideo(
    {
      account: twilio,
      apiOrigin: twilio.videoApiUrl,
      ...(twilio.videoIsEmulated ? { socketUrl: `${socketOriginOf(origin)}/signaling` } : {}),
      // The vendor's cloud cannot call a machine that is not on the internet; those are reached by http.
      ...(twilio.videoIsEmulated || origin.startsWith('https:')
        ? { statusCallback: `${origin}${VIDEO_WEBHOOK}` }
        : {}),
    },
    upstream,
  );
}

/** LiveKit, whatever the waiting room stands on. @throws FoyerError `misconfigured` where there is none. */
function composeLiveKit(
  { livekit }: Config,
  origin: string,
  upstream: Upstream,
  clock: Clock,
): LiveKitService {
  if (livekit === undefined) {
    throw new FoyerError(
      'misconfigured',
      'the service is not set up: LIVEKIT_API_KEY, LIVEKIT_API_SECRET and LIVEKIT_URL are missing.',
    );
  }
  const url = livekit.socketUrl ?? socketOriginOf(origin);
  return { media: new LiveKit({ ...livekit, socketUrl: url }, upstream, clock), url };
}

const socketOriginOf = (origin: string): string => origin.replace(/^http/, 'ws');
