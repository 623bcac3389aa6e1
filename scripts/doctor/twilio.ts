/** The Twilio account, its API key, its Sync service and its Video rooms: a read each. */
import type { Twilio } from 'twilio';
import { ACCOUNT_VARIABLES } from '../environment/variables';
import { explainRefusal, LOST_WITH_KEY, openAccount, statusOf } from '../setup/account';
import { absent, type Finding, type Variables, works, wrong } from './finding';

const LATER = 'try again, or see https://status.twilio.com';

export async function twilioFindings(
  variables: Variables,
  environment: NodeJS.ProcessEnv,
): Promise<Finding[]> {
  const missing = Object.keys(ACCOUNT_VARIABLES).filter((name) => variables[name] === undefined);
  if (missing.length === Object.keys(ACCOUNT_VARIABLES).length)
    return [absent('Twilio', 'not configured: npm start emulates it, npm run setup configures it')];
  if (missing.length > 0) return [wrong('Twilio', `${missing.join(', ')} missing`, 'npm run setup')];
  const {
    ACCOUNT_SID: accountSid = '',
    AUTH_TOKEN: authToken = '',
    TWILIO_API_KEY: sid = '',
    TWILIO_API_SECRET: secret = '',
    SYNC_SERVICE_SID: service = '',
  } = variables;
  const byToken = openAccount({ accountSid, authToken }, environment);
  const byKey = openAccount({ accountSid, authToken }, environment, { sid, secret });
  const [known, ...products] = await Promise.all([
    account(byToken, accountSid),
    sync(byToken, service),
    video(byKey),
  ]);
  if (known.state === 'works') return [known, ...products];
  // Nothing else of an account that is not there can be judged.
  return [known, absent('Twilio Sync and Video', 'not judged: the account comes first')];
}

async function account(client: Twilio, sid: string): Promise<Finding> {
  try {
    const { status, type } = await client.api.v2010.accounts(sid).fetch();
    const limits = type === 'Trial' ? ', a trial: text messages go to verified numbers alone' : '';
    return status === 'active'
      ? works('Twilio account', `active${limits}`)
      : wrong('Twilio account', `it is ${status}`, 'see https://console.twilio.com');
  } catch (error) {
    return wrong(
      'Twilio account',
      explainRefusal(error),
      statusOf(error) === 401
        ? 'compare ACCOUNT_SID and AUTH_TOKEN in .env with https://console.twilio.com'
        : LATER,
    );
  }
}

async function sync(client: Twilio, sid: string): Promise<Finding> {
  try {
    const service = await client.sync.v1.services(sid).fetch();
    if (!service.aclEnabled)
      return wrong('Twilio Sync', 'its ACL is off: any guest can read everything', 'npm run setup');
    if (!service.reachabilityWebhooksEnabled)
      return wrong('Twilio Sync', 'it does not tell who comes and goes', 'npm run setup');
    return works(
      'Twilio Sync',
      service.webhookUrl
        ? `ACL on, calls ${originOf(service.webhookUrl)}`
        : 'ACL on, calls nobody until npm run deploy',
    );
  } catch (error) {
    return wrong(
      'Twilio Sync',
      statusOf(error) === 404 ? 'there is no service with SYNC_SERVICE_SID' : explainRefusal(error),
      statusOf(error) === 404 ? 'take SYNC_SERVICE_SID out of .env and npm run setup' : LATER,
    );
  }
}

/** By the API key, which signs what browsers get: so it is known to be good, too. */
async function video(client: Twilio): Promise<Finding> {
  try {
    await client.video.v1.rooms.list({ limit: 1 });
    return works('Twilio Video', 'answers to the API key');
  } catch (error) {
    return wrong(
      'Twilio Video',
      `by the API key: ${explainRefusal(error)}`,
      // A good key that is thrown away because Twilio is down takes meetings with it.
      statusOf(error) === 401
        ? `take TWILIO_API_KEY and TWILIO_API_SECRET out of .env and npm run setup, for a new key${LOST_WITH_KEY}`
        : LATER,
    );
  }
}

const originOf = (url: string): string =>
  URL.canParse(url) ? new URL(url).origin : 'an address that is none';
