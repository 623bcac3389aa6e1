/** What `npm start` does when its source changes or its functions die. */
import { call, createCheckout, endAll, functionOf, isAlive, run, until, type Running } from './checkout';

const checkout = createCheckout();
let start: Running;
let origin: string;

beforeAll(async () => {
  start = run(checkout, 'start.ts');
  origin = await start.ready();
});
afterAll(async () => {
  await endAll();
  checkout.remove();
});

/** Calls without a pause until told to stop; every answer that is not a success is kept. */
function lightLoad(): { stop(): Promise<{ calls: number; failures: unknown[] }> } {
  const failures: unknown[] = [];
  let calls = 0;
  const end = new AbortController();
  const caller = async (query: string): Promise<void> => {
    while (!end.signal.aborted) {
      calls += 1;
      await call(origin, `/admin/create${query}`).catch((error: unknown) => failures.push(error));
    }
  };
  const callers = Promise.all([caller(''), caller('?wait=20'), caller('?wait=150')]);
  return {
    stop: async () => {
      end.abort();
      await callers;
      return { calls, failures };
    },
  };
}

const version = async (): Promise<number> => (await call(origin)).version;

it('serves a changed function without failing a request', async () => {
  const { pid } = await call(origin);
  const load = lightLoad();
  checkout.write('src/functions/admin/create.ts', functionOf(2));
  await until(async () => (await version()) === 2);
  checkout.write('src/functions/admin/create.ts', functionOf(3));
  await until(async () => (await version()) === 3);
  const { calls, failures } = await load.stop();
  expect(failures).toEqual([]);
  expect(calls).toBeGreaterThan(20);
  await until(() => !isAlive(pid));
});

it('notices a new function, and one that is gone', async () => {
  const status = async (): Promise<number> => (await fetch(`${origin}/user/join`, { method: 'POST' })).status;
  expect(await status()).toBe(404);
  checkout.write('src/functions/user/join.ts', functionOf(1));
  await until(async () => (await status()) === 200);
});

it('notices a changed asset', async () => {
  checkout.write('src/assets/new page.html', 'new');
  await until(async () => (await fetch(`${origin}/new-page.html`)).status === 200);
});

it('notices a changed client', async () => {
  checkout.write('client/foyer.ts', 'export const answer = 42;');
  await until(async () => (await fetch(`${origin}/foyer-client.js`)).status === 200);
});

it('keeps the last good build while the source is broken, and says what is wrong in one line', async () => {
  checkout.write('src/functions/admin/create.ts', `${functionOf(4)}\nconst =`);
  await start.line(/^src\/functions\/admin\/create\.ts:\d+:\d+: Expected identifier but found "="$/);
  expect(await version()).toBe(3);
  checkout.write('src/functions/admin/create.ts', functionOf(5));
  await until(async () => (await version()) === 5);
});

it('brings back functions that were killed, and nobody who asks meanwhile is turned away', async () => {
  const { pid } = await call(origin);
  process.kill(pid, 'SIGKILL');
  await start.line(/^The functions' process ended; starting it again$/);
  const answers = await Promise.all(Array.from({ length: 5 }, () => call(origin)));
  expect(answers.every((answer) => answer.pid !== pid && answer.version === 5)).toBe(true);
});
