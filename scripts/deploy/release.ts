/** The upload and what comes after it. Whatever fails or interrupts it, the live service is left as it was. */
import type { Twilio } from 'twilio';
import { explainRefusal, openAccount, statusOf } from '../setup/account';
import { awaitHealth, pointWebhooks } from './after-upload';
import { leftOver, openSwitch, syncRefusal } from './live-refusals';
import {
  DEPLOY_INFO,
  type LiveEnvironment,
  readEnvironment,
  rememberedService,
  serviceNamed,
} from './live-service';
import { type DeployOptions, domainSuffix } from './options';
import type { Stage } from './stage';
import { runTwilioRun, SIGNALS } from './twilio-run';
import { undo } from './undo';

/** As `.twilioserverlessrc` has it, which `tests/start/deploy.test.ts` holds it to. */
export const SERVICE_NAME = 'foyer';

const INTERRUPTED = 'The deployment was interrupted';

interface Release {
  readonly root: string;
  readonly stage: Stage;
  readonly variables: Readonly<Record<string, string>>;
  readonly version: string;
  readonly options: DeployOptions;
}

/** @returns the exit code; what happened is printed */
export async function release(given: Release): Promise<number> {
  const { root, variables, options } = given;
  const account = {
    accountSid: variables['ACCOUNT_SID'] ?? '',
    authToken: variables['AUTH_TOKEN'] ?? '',
  };
  const client = openAccount(account, process.env);
  const suffix = domainSuffix(options.environment);
  let before: LiveEnvironment | undefined;
  let serviceSid: string | undefined;
  try {
    const remembered = rememberedService(root, account);
    serviceSid = remembered ?? (await serviceNamed(client, SERVICE_NAME));
    if (serviceSid !== undefined && remembered === undefined && !options.overExisting)
      return fail(
        `The account has a service ${SERVICE_NAME} (${serviceSid}) that was not deployed from this folder. To deploy over it: npm run deploy -- --override-existing-project`,
      );
    before = serviceSid === undefined ? undefined : await readEnvironment(client, serviceSid, suffix);
    const open = await syncRefusal(client, variables['SYNC_SERVICE_SID'] ?? '');
    if (open !== undefined) return fail(open);
  } catch (error) {
    const gone =
      statusOf(error) === 404 ? `, or the service in ${DEPLOY_INFO} is gone: delete that file` : '';
    return fail(`Nothing was uploaded: ${explainRefusal(error)}${gone}`);
  }
  const left = openSwitch(before, variables);
  if (left !== undefined) return fail(left);

  const { code, wasInterrupted } = await runTwilioRun({ ...given, ...options, serviceSid });
  given.stage.leave();
  if (code === 0) return finish(given, client, before);
  const what = wasInterrupted ? INTERRUPTED : 'The deployment failed';
  fail(await undo(client, before, suffix, what));
  return code;
}

async function finish(
  { root, variables, version, options }: Release,
  client: Twilio,
  before: LiveEnvironment | undefined,
): Promise<number> {
  const interruption = new AbortController();
  const interrupt = (): void => interruption.abort();
  for (const signal of SIGNALS) process.on(signal, interrupt);
  const suffix = domainSuffix(options.environment);
  const account = { accountSid: variables['ACCOUNT_SID'] ?? '', authToken: '' };
  let origin: string;
  try {
    const serviceSid =
      before?.serviceSid ?? rememberedService(root, account) ?? (await serviceNamed(client, SERVICE_NAME));
    const live = serviceSid === undefined ? undefined : await readEnvironment(client, serviceSid, suffix);
    if (!live)
      return fail('It was deployed, but Twilio shows no such environment: look at it in the console');
    origin = `https://${live.domain}`;
  } catch (error) {
    return fail(`It was deployed, but could not be looked at: ${explainRefusal(error)}`);
  }

  const trouble = await awaitHealth(origin, version, undefined, interruption.signal);
  for (const signal of SIGNALS) process.off(signal, interrupt);
  if (interruption.signal.aborted) {
    fail(await undo(client, before, suffix, INTERRUPTED));
    return 130;
  }
  if (trouble !== undefined) {
    const what = `${origin}/health should answer with version ${version}, but ${trouble}`;
    return fail(await undo(client, before, suffix, what));
  }
  if (!(await settleWebhooks(client, variables, origin))) return 1;
  for (const line of [...leftOver(before, variables), ...urlsOf(origin, variables)]) console.log(line);
  return 0;
}

async function settleWebhooks(
  client: Twilio,
  variables: Readonly<Record<string, string>>,
  origin: string,
): Promise<boolean> {
  const { SYNC_SERVICE_SID: sid, SYNC_REACHABILITY_WEBHOOKS: wanted } = variables;
  if (sid === undefined || wanted !== 'yes') return true;
  const interrupted = (): void => {
    fail('Interrupted: the new version is live, but Sync may not call it. Run this again');
    process.exit(130);
  };
  for (const signal of SIGNALS) process.once(signal, interrupted);
  try {
    const moved = await pointWebhooks(client, sid, origin);
    if (moved !== undefined) console.log(`Sync called ${moved} so far, and calls ${origin} from now on`);
    return true;
  } catch (error) {
    fail(
      `The new version is live, but Sync does not tell it who comes and goes: ${explainRefusal(error)}. Run this again`,
    );
    return false;
  }
}

const urlsOf = (origin: string, variables: Readonly<Record<string, string>>): string[] => [
  `Foyer is live: ${origin}/`,
  `Health:        ${origin}/health`,
  ...(variables['HMS_WEBHOOK_SECRET'] === undefined
    ? []
    : [`100ms webhooks go to ${origin}/webhooks/hundredms`]),
];

function fail(line: string): 1 {
  console.error(line);
  return 1;
}
