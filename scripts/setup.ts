/**
 * `npm run setup`: what Foyer needs in a Twilio account (an API key, a Sync service), made or found, and in `.env`.
 * Account SID and auth token come from the environment, from `.env`, or are asked for.
 */
import { readVariables } from './environment/env-file';
import { ask, canAsk } from './setup/ask';
import { SetupRefusal, setUp } from './setup/set-up';

async function main(root: string): Promise<number> {
  const known = readVariables(root, process.env, ['ACCOUNT_SID', 'AUTH_TOKEN']);
  const missing = ['ACCOUNT_SID', 'AUTH_TOKEN'].filter((name) => known[name] === undefined);
  if (missing.length > 0 && !canAsk()) {
    console.error(
      `${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} missing: set ${missing.length > 1 ? 'them' : 'it'} in the environment, or run this in a terminal (https://console.twilio.com shows both)`,
    );
    return 1;
  }
  const accountSid = known['ACCOUNT_SID'] ?? (await ask('Account SID (AC…): '));
  const authToken = known['AUTH_TOKEN'] ?? (await ask('Auth token (not shown): ', { hidden: true }));
  await setUp(root, process.env, { accountSid, authToken }, (line) => console.log(line));
  console.log('.env is complete. npm run doctor looks at all of it, npm run deploy brings it to the cloud.');
  return 0;
}

main(process.cwd()).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const { name, message } = error as Error;
    if (name === 'AbortError') process.exitCode = 130;
    else {
      console.error(error instanceof SetupRefusal ? message : `Not set up: ${message}`);
      process.exitCode = 1;
    }
  },
);
