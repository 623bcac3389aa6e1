/**
 * Makes, step by step, what Foyer needs in a Twilio account. Each step is found done or is done; whatever is
 * interrupted is completed by the next run, with one key and one Sync service in the end.
 */
import type { Twilio } from 'twilio';
import { readVariables } from '../environment/env-file';
import { ACCOUNT_VARIABLES, faultsIn } from '../environment/variables';
import { type Account, explainRefusal, LOST_WITH_KEY, openAccount, statusOf } from './account';
import { makeApiKey, takeAwayLost } from './api-key';
import { fillInFile } from './env-edit';
import { makeSyncService, repairSyncService } from './sync-service';

/** What stands in the way, with how to mend it; safe to show. */
export class SetupRefusal extends Error {
  override readonly name = 'SetupRefusal';
}

/** @throws SetupRefusal */
export async function setUp(
  root: string,
  environment: NodeJS.ProcessEnv,
  account: Account,
  say: (line: string) => void,
): Promise<void> {
  const configured = readVariables(root, {}, Object.keys(ACCOUNT_VARIABLES));
  requireSame(configured, account);
  const faults = faultsIn(
    { ...configured, ACCOUNT_SID: account.accountSid, AUTH_TOKEN: account.authToken },
    ACCOUNT_VARIABLES,
  );
  if (faults.length > 0) throw new SetupRefusal(faults.join('\n'));
  const client = openAccount(account, environment);

  const { status } = await refusedAs('the account', () =>
    client.api.v2010.accounts(account.accountSid).fetch(),
  );
  if (status !== 'active') throw new SetupRefusal(`The account is ${status}: see https://console.twilio.com`);
  fillInFile(root, { ACCOUNT_SID: account.accountSid, AUTH_TOKEN: account.authToken });
  say('Account: found');

  await settleKey(root, environment, account, client, configured, say);
  await settleSync(root, client, configured['SYNC_SERVICE_SID'], say);
}

/** Credentials of another account than the one in `.env` would give a mixture of two. */
function requireSame(configured: Readonly<Record<string, string>>, account: Account): void {
  const given = { ACCOUNT_SID: account.accountSid, AUTH_TOKEN: account.authToken };
  const other = Object.entries(given)
    .filter(([name, value]) => configured[name] !== undefined && configured[name] !== value)
    .map(([name]) => name);
  if (other.length === 0) return;
  throw new SetupRefusal(
    `${other.join(' and ')} in .env ${other.length > 1 ? 'have other values' : 'has another value'} than what was given: set up in another folder, or take ${other.length > 1 ? 'them' : 'it'} out of .env first`,
  );
}

async function settleKey(
  root: string,
  environment: NodeJS.ProcessEnv,
  account: Account,
  client: Twilio,
  { TWILIO_API_KEY: sid, TWILIO_API_SECRET: secret }: Readonly<Record<string, string>>,
  say: (line: string) => void,
): Promise<void> {
  if ((sid === undefined) !== (secret === undefined)) {
    const [there, missing] =
      sid === undefined ? ['TWILIO_API_SECRET', 'TWILIO_API_KEY'] : ['TWILIO_API_KEY', 'TWILIO_API_SECRET'];
    throw new SetupRefusal(
      `${missing} is missing beside ${there} in .env: put it there, or take ${there} out and run this again`,
    );
  }
  if (sid === undefined || secret === undefined) {
    await refusedAs('an API key', () =>
      makeApiKey(root, client, (key) =>
        fillInFile(root, { TWILIO_API_KEY: key.sid, TWILIO_API_SECRET: key.secret }),
      ),
    );
    return say('API key: made');
  }
  await refusedAs('API keys', () => takeAwayLost(root, client, sid));
  try {
    await openAccount(account, environment, { sid, secret }).sync.v1.services.list({ limit: 1 });
  } catch (error) {
    if (statusOf(error) !== 401) throw new SetupRefusal(`The API key in .env: ${explainRefusal(error)}`);
    throw new SetupRefusal(
      `Twilio does not know the API key in .env, or its secret is another: take TWILIO_API_KEY and TWILIO_API_SECRET out of .env and run this again for a new one${LOST_WITH_KEY}`,
    );
  }
  say('API key: found');
}

async function settleSync(
  root: string,
  client: Twilio,
  configured: string | undefined,
  say: (line: string) => void,
): Promise<void> {
  if (configured === undefined) {
    let made = '';
    await refusedAs('a Sync service', () =>
      makeSyncService(root, client, (sid) => {
        fillInFile(root, { SYNC_SERVICE_SID: sid });
        made = sid;
      }),
    );
    // One that was found may have been changed since.
    const repaired = await refusedAs('the Sync service', () => repairSyncService(client, made));
    return say(`Sync service: made${repaired.length > 0 ? `, turned on ${repaired.join(', ')}` : ''}`);
  }
  try {
    const repaired = await repairSyncService(client, configured);
    say(`Sync service: found${repaired.length > 0 ? `, turned on ${repaired.join(', ')}` : ''}`);
  } catch (error) {
    if (statusOf(error) !== 404) throw new SetupRefusal(`The Sync service: ${explainRefusal(error)}`);
    throw new SetupRefusal(
      'The account has no Sync service with the SYNC_SERVICE_SID in .env: take that line out and run this again for a new one',
    );
  }
}

async function refusedAs<T>(what: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    const isLocal = typeof (error as NodeJS.ErrnoException).path === 'string';
    const reason = isLocal ? (error as Error).message : explainRefusal(error);
    throw new SetupRefusal(
      `No ${what.replace(/^(an?|the) /, '')}: ${reason}. Nothing is lost: run this again`,
    );
  }
}
