/** Twilio: the account, its Sync service and its Video rooms. */
import type { Variables } from './settings';

export interface TwilioSettings {
  readonly accountSid: string;
  readonly authToken: string;
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly syncServiceSid: string;
  readonly syncApiUrl: string;
  readonly videoApiUrl: string;
  readonly syncIsEmulated: boolean;
  readonly videoIsEmulated: boolean;
  readonly reachabilityWebhooks: boolean;
  /** What tickets are signed with and names are derived from. */
  readonly rootSecret: string;
}

const SYNC_API_URL = 'https://sync.twilio.com';
const VIDEO_API_URL = 'https://video.twilio.com';
const MIN_SECRET_LENGTH = 16;

export function twilioSettings(variables: Variables): TwilioSettings {
  const apiSecret = variables.required('TWILIO_API_SECRET');
  const ownSecret = variables.text('TICKET_SECRET');
  if (ownSecret !== '' && ownSecret.length < MIN_SECRET_LENGTH) {
    variables.faults.push(`TICKET_SECRET must have at least ${MIN_SECRET_LENGTH} characters`);
  }
  const sid = (name: string, prefix: string): string =>
    variables.required(
      name,
      new RegExp(`^${prefix}[0-9a-f]{32}$`, 'i'),
      `${prefix} and 32 hexadecimal digits`,
    );
  return {
    accountSid: sid('ACCOUNT_SID', 'AC'),
    authToken: variables.required('AUTH_TOKEN'),
    apiKey: sid('TWILIO_API_KEY', 'SK'),
    apiSecret,
    syncServiceSid: sid('SYNC_SERVICE_SID', 'IS'),
    syncApiUrl: variables.httpUrl('SYNC_API_URL', SYNC_API_URL),
    videoApiUrl: variables.httpUrl('VIDEO_API_URL', VIDEO_API_URL),
    syncIsEmulated: variables.text('SYNC_API_URL') !== '',
    videoIsEmulated: variables.text('VIDEO_API_URL') !== '',
    reachabilityWebhooks: variables.oneOf('SYNC_REACHABILITY_WEBHOOKS', ['yes', 'no'], 'no') === 'yes',
    rootSecret: ownSecret || apiSecret,
  };
}
