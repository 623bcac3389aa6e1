/** Invitations by text message: Sync knows the meeting, Twilio Messaging sends. */
import { SyncAllowanceStore } from '../adapters/twilio/sync/allowance-store';
import { SyncMeetingStore } from '../adapters/twilio/sync/meeting-store';
import { TwilioMessaging } from '../adapters/twilio/messaging/text-messages';
import { brandSettings } from '../config/brand';
import { linkSettings } from '../config/links';
import { messagingSettings } from '../config/messaging';
import { readSettings, type Variables } from '../config/settings';
import { twilioSettings } from '../config/twilio';
import type { InviteServices } from '../ports/services';
import type { Compose } from './request-scope';
import { composeSync } from './sync';

const settings = (variables: Variables) => ({
  twilio: twilioSettings(variables),
  messaging: messagingSettings(variables),
  brand: brandSettings(variables),
  ...linkSettings(variables),
});

export const invites: Compose<InviteServices> = (scope) => {
  const { twilio, messaging, brand, frontendUrl = scope.origin } = readSettings(scope.environment, settings);
  const { sync } = composeSync(scope, twilio);
  return {
    meetings: new SyncMeetingStore(sync),
    allowances: new SyncAllowanceStore(sync),
    messages: new TwilioMessaging({ ...messaging, account: twilio }, scope.upstream),
    brand,
    frontendUrl,
  };
};
