/** Calls that ring: Sync keeps them and tells of them, and the chosen vendor's rooms carry them. */
import { SyncCallEvents } from '../adapters/twilio/sync/call-events';
import { SyncCallStore } from '../adapters/twilio/sync/call-store';
import { SyncGateways } from '../adapters/twilio/sync/gateways';
import { SyncLines } from '../adapters/twilio/sync/lines';
import type { SyncService } from '../adapters/twilio/sync/sync-service';
import { SyncUserDirectory } from '../adapters/twilio/sync/user-directory';
import { callSettings } from '../config/calls';
import { readSettings, type Variables } from '../config/settings';
import { twilioSettings } from '../config/twilio';
import type { MediaServer } from '../ports/media-server';
import type { CallServices, PresenceServices } from '../ports/services';
import { composeMedia, mediaSettings } from './media';
import type { Compose, RequestScope } from './request-scope';
import { composeSync } from './sync';

export const presence: Compose<PresenceServices> = (scope) =>
  presenceIn(scope, composeSync(scope, readSettings(scope.environment, twilioSettings)).sync);

const presenceIn = ({ clock }: RequestScope, sync: SyncService): PresenceServices => ({
  directory: new SyncUserDirectory(sync),
  gateways: new SyncGateways(sync),
  clock,
});

const settings = (variables: Variables) => {
  const { provider, ringMs, graceMs } = callSettings(variables);
  return { ringMs, graceMs, ...mediaSettings(variables, provider) };
};

export const calls: Compose<CallServices> = (scope) => {
  const chosen = readSettings(scope.environment, settings);
  const { ringMs, graceMs } = chosen;
  const { sync } = composeSync(scope, chosen.twilio);
  let media: MediaServer | undefined;
  return {
    ...presenceIn(scope, sync),
    calls: new SyncCallStore(sync),
    lines: new SyncLines(sync),
    events: new SyncCallEvents(sync),
    get media() {
      return (media ??= composeMedia(scope, chosen));
    },
    settings: { ringMs, graceMs },
  };
};
