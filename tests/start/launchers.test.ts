/** `npm start` puts a shell and a launcher between npm and us; whichever of them dies takes us with it. */
import { join } from 'node:path';
import { call, createCheckout, endAll, isAlive, observe, until } from './checkout';

const checkout = createCheckout();
afterAll(async () => {
  await endAll();
  checkout.remove();
});

const START = join(__dirname, '../../scripts/start.ts');

it.each([
  ['the shell that npm runs its script in', `node --import tsx '${START}'; exit`],
  ['the TypeScript launcher', `exec node_modules/.bin/tsx '${START}'`],
])('ends when %s is killed', async (_what, script) => {
  const shell = observe(checkout, '/bin/sh', ['-c', script], { npm_lifecycle_event: 'start' });
  const { pid } = await call(await shell.ready());
  const copy = Number.parseInt(checkout.runFolders()[0] ?? '', 10);
  expect(isAlive(copy)).toBe(true);
  shell.child.kill('SIGKILL');
  await until(() => !isAlive(copy) && !isAlive(pid));
  expect(checkout.runFolders()).toEqual([]);
});
