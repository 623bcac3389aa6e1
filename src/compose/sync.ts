/** Twilio Sync, which keeps what lasts longer than a request. */
import { SyncService } from '../adapters/twilio/sync/sync-service';
import type { TwilioSettings } from '../config/twilio';
import { Secrets } from '../domain/secrets';
import { type RequestScope, socketOriginOf } from './request-scope';

export interface Sync {
  readonly sync: SyncService;
  readonly secrets: Secrets;
}

export function composeSync(scope: RequestScope, twilio: TwilioSettings): Sync {
  const secrets = new Secrets(twilio.rootSecret);
  const settings = {
    account: twilio,
    serviceSid: twilio.syncServiceSid,
    apiOrigin: twilio.syncApiUrl,
    reachabilityWebhooks: twilio.reachabilityWebhooks,
    ...(twilio.syncIsEmulated ? { socketUrl: `${socketOriginOf(scope)}/v3/wsconnect` } : {}),
  };
  return { sync: new SyncService(settings, secrets, scope.clock, scope.upstream), secrets };
}
