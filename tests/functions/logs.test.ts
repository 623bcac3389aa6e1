/** Nothing secret is ever logged: all that is printed in a run of everything, searched for all that was secret in it. */
import { ROUTES } from '../../src/api/routes';
import { FullRun } from '../support/full-run';
import { type Runtime, startRuntime } from '../support/runtime';
import { dropTimers } from '../support/sync-clients';

let foyer: Runtime;
beforeAll(async () => {
  foyer = await startRuntime();
});
afterEach(() => foyer.restore());
afterAll(async () => {
  await foyer.close();
  dropTimers();
});

/** What tells of the service and opens nothing. */
const PUBLIC =
  /^(ACCOUNT_SID|SYNC_SERVICE_SID|SMS_FROM|ALLOW_.*|SYNC_REACHABILITY_WEBHOOKS|.*_URL|.*_PROVIDER)$/;

const begin = (): FullRun => {
  foyer.environment['TICKET_SECRET'] = 'a-ticket-secret-of-its-own';
  foyer.environment['ADMIN_API_KEY'] = 'an operator key: long, with spaces';
  const run = new FullRun(foyer.origin, { authorization: `Bearer ${foyer.environment['ADMIN_API_KEY']}` });
  for (const [name, value] of Object.entries(foyer.environment)) if (!PUBLIC.test(name)) run.learn(value);
  foyer.printed();
  return run;
};
const expectNothingSecret = (run: FullRun, printed: readonly string[]): void => {
  const text = printed.join('\n');
  expect(run.secrets.filter((secret) => text.includes(secret))).toEqual([]);
};

test('a run of every family, with its forgeries, prints a line for each route and no secret', async () => {
  const run = begin();
  await run.all();
  const printed = foyer.printed();
  expect(run.secrets.length).toBeGreaterThan(300);
  const routes = new Set(printed.map((line) => (JSON.parse(line) as { route: string }).route));
  // The front port takes LiveKit's own, signed or not at all.
  const missing = ROUTES.map(({ path }) => path).filter((path) => !routes.has(path));
  expect(missing).toEqual([]);
  expectNothingSecret(run, printed);
}, 60_000);

test('credentials that every vendor refuses are not in what is printed of it', async () => {
  const run = begin();
  for (const name of ['AUTH_TOKEN', 'LIVEKIT_API_SECRET', 'HMS_APP_SECRET']) {
    foyer.environment[name] = `${name.toLowerCase()}-that-nobody-takes`;
    run.learn(foyer.environment[name]);
  }
  for (const family of ['waitingRoom', 'livekit', 'calls', 'rooms'] as const) {
    await expect(run[family]()).rejects.toThrow(/: 50\d /);
  }
  const printed = foyer.printed();
  expect(printed.filter((line) => line.includes('"error"')).length).toBeGreaterThan(2);
  expectNothingSecret(run, printed);
}, 60_000);
