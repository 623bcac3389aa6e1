/** Meetings that last: Sync keeps them, LiveKit's rooms carry them. */
import { SyncCallStore } from '../adapters/twilio/sync/call-store';
import { SyncMeetingRegistry } from '../adapters/twilio/sync/meeting-registry';
import { SyncMeetingStore } from '../adapters/twilio/sync/meeting-store';
import { linkSettings } from '../config/links';
import { livekitSettings } from '../config/livekit';
import { readSettings, type Variables } from '../config/settings';
import { twilioSettings } from '../config/twilio';
import type { LiveKitGuardServices, PersistentMeetingServices } from '../ports/services';
import { composeLiveKit } from './livekit';
import type { Compose } from './request-scope';
import { composeSync } from './sync';

const settings = (variables: Variables) => ({
  twilio: twilioSettings(variables),
  livekit: livekitSettings(variables),
  ...linkSettings(variables),
});

export const persistentMeetings: Compose<PersistentMeetingServices> = (scope) => {
  const { twilio, livekit, ...links } = readSettings(scope.environment, settings);
  return {
    registry: new SyncMeetingRegistry(composeSync(scope, twilio).sync),
    livekit: composeLiveKit(scope, livekit),
    clock: scope.clock,
    origin: scope.origin,
    ...links,
  };
};

/** For LiveKit's webhooks, which tell of rooms of every kind. */
export const livekitGuard: Compose<LiveKitGuardServices> = (scope) => {
  const { twilio, livekit } = readSettings(scope.environment, settings);
  const { sync } = composeSync(scope, twilio);
  return {
    registry: new SyncMeetingRegistry(sync),
    meetings: new SyncMeetingStore(sync),
    calls: new SyncCallStore(sync),
    livekit: composeLiveKit(scope, livekit),
  };
};
