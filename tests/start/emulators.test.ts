/** `npm run emulators`: the emulators for any other project. */
import { createCheckout, endAll, run } from './checkout';

const checkout = createCheckout();
afterAll(async () => {
  await endAll();
  checkout.remove();
});

const FREE = { SYNC_EMULATOR_PORT: '0', VIDEO_EMULATOR_PORT: '0', LIVEKIT_EMULATOR_PORT: '0' };
const basic = (user: string, password: string): { authorization: string } => ({
  authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
});

it('says where they are and how to log in, and is ready then', async () => {
  const emulators = run(checkout, 'emulators.ts', FREE);
  await emulators.line(/^Emulators are ready$/);
  const [sync = '', video = '', livekit = '', ...settings] = emulators.out;
  expect(sync).toMatch(/^Twilio Sync emulator: http:\/\/127\.0\.0\.1:\d+$/);
  expect(video).toMatch(/^Twilio Video emulator: http:\/\/127\.0\.0\.1:\d+$/);
  expect(livekit).toMatch(/^LiveKit emulator: http:\/\/127\.0\.0\.1:\d+$/);
  expect(settings.at(-1)).toBe('Emulators are ready');

  const printed = Object.fromEntries(
    settings.slice(0, -1).map((line) => line.split('=') as [string, string]),
  );
  const { ACCOUNT_SID = '', AUTH_TOKEN = '', TWILIO_API_KEY = '', TWILIO_API_SECRET = '' } = printed;
  const service = `${sync.split(': ')[1]}/v1/Services/${printed['SYNC_SERVICE_SID']}`;
  const answer = await fetch(service, { headers: basic(ACCOUNT_SID, AUTH_TOKEN) });
  expect(await answer.json()).toMatchObject({ account_sid: ACCOUNT_SID, acl_enabled: true });
  const rooms = `${video.split(': ')[1]}/v1/Rooms`;
  expect((await fetch(rooms, { headers: basic(TWILIO_API_KEY, TWILIO_API_SECRET) })).status).toBe(200);

  emulators.child.kill('SIGTERM');
  expect(await emulators.exit).toBe(0);
});

it("plays the developer's account, and does not print its secrets", async () => {
  const account = { ACCOUNT_SID: `AC${'a'.repeat(32)}`, AUTH_TOKEN: 'b'.repeat(32) };
  const emulators = run(checkout, 'emulators.ts', { ...FREE, ...account });
  await emulators.line(/^Emulators are ready$/);
  const origin = emulators.out[0]?.split(': ')[1];
  const services = await fetch(`${origin}/v1/Services`, {
    headers: basic(account.ACCOUNT_SID, account.AUTH_TOKEN),
  });
  expect(services.status).toBe(200);
  expect(emulators.out.join('\n')).not.toContain(account.AUTH_TOKEN);
});
