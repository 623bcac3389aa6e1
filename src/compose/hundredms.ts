/** 100ms, whatever else a route is about. */
import { HundredMs } from '../adapters/hundredms/media-server';
import { nameOf } from '../adapters/hundredms/room-name';
import { SyncMeetingStore } from '../adapters/twilio/sync/meeting-store';
import { type HundredMsSettings, hundredMsSettings } from '../config/hundredms';
import { readSettings, type Variables } from '../config/settings';
import { twilioSettings } from '../config/twilio';
import type { HundredMsGuardServices } from '../ports/services';
import type { Compose, RequestScope } from './request-scope';
import { composeSync } from './sync';

export const composeHundredMs = (
  { upstream, clock, origin }: RequestScope,
  { isEmulated, ...settings }: HundredMsSettings,
): HundredMs =>
  new HundredMs({ ...settings, ...(isEmulated ? { initEndpoint: origin } : {}) }, upstream, clock);

const settings = (variables: Variables) => ({
  twilio: twilioSettings(variables),
  hundredMs: hundredMsSettings(variables),
});

/** For 100ms' webhooks. */
export const hundredMsGuard: Compose<HundredMsGuardServices> = (scope) => {
  const { twilio, hundredMs } = readSettings(scope.environment, settings);
  return {
    meetings: new SyncMeetingStore(composeSync(scope, twilio).sync),
    hundredMs: { media: composeHundredMs(scope, hundredMs), nameOf },
  };
};
