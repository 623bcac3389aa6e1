/** What `npm start` and `npm run emulators` do not start with: one clear line, exit code 1, nothing left. */
import { createServer, type AddressInfo, type Server } from 'node:net';
import { createCheckout, endAll, run } from './checkout';

const checkout = createCheckout();
let occupied: Server;
let takenPort: string;

beforeAll(async () => {
  occupied = createServer();
  await new Promise<void>((resolve) => occupied.listen(0, '127.0.0.1', resolve));
  takenPort = String((occupied.address() as AddressInfo).port);
});
afterAll(async () => {
  await endAll();
  occupied.close();
  checkout.remove();
});

async function refusal(script: string, environment: Record<string, string>): Promise<readonly string[]> {
  const process = run(checkout, script, environment);
  expect(await process.exit).toBe(1);
  expect(process.out).toEqual([]);
  expect(checkout.runFolders()).toEqual([]);
  return process.err;
}

it('a taken port', async () => {
  expect(await refusal('start.ts', { PORT: takenPort })).toEqual([
    `PORT ${takenPort} is taken on 127.0.0.1: stop what listens there, or choose another PORT`,
  ]);
});

it('an address of another machine', async () => {
  // RFC 5737: nobody has this address.
  expect(await refusal('start.ts', { HOST: '192.0.2.1' })).toEqual([
    'HOST 192.0.2.1 is no address of this machine',
  ]);
});

it('a broken build, with the file, the line and the fault', async () => {
  const broken = createCheckout();
  broken.write(
    'src/functions/admin/create.ts',
    "import { nothing } from './nowhere';\nexport const handler = nothing;\n",
  );
  const process = run(broken, 'start.ts');
  expect(await process.exit).toBe(1);
  expect(process.err).toEqual(['src/functions/admin/create.ts:1:25: Could not resolve "./nowhere"']);
  expect(broken.runFolders()).toEqual([]);
  broken.remove();
});

it('half an account, naming the other half', async () => {
  expect(
    await refusal('start.ts', { ACCOUNT_SID: `AC${'0'.repeat(32)}`, AUTH_TOKEN: '0'.repeat(32) }),
  ).toEqual([expect.stringContaining('missing: TWILIO_API_KEY, TWILIO_API_SECRET, SYNC_SERVICE_SID')]);
});

it('a taken port of an emulator', async () => {
  const process = run(checkout, 'emulators.ts', { SYNC_EMULATOR_PORT: '0', VIDEO_EMULATOR_PORT: takenPort });
  expect(await process.exit).toBe(1);
  expect(process.err).toEqual([
    `VIDEO_EMULATOR_PORT ${takenPort} is taken on 127.0.0.1: stop what listens there, or choose another`,
  ]);
  expect(process.out.join()).not.toContain('ready');
});
