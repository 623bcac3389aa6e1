/** `npm run emulators`: the emulators for any other project. */
import { createHmac } from 'node:crypto';
import { createCheckout, endAll, run } from './checkout';

const checkout = createCheckout();
afterAll(async () => {
  await endAll();
  checkout.remove();
});

const FREE = {
  SYNC_EMULATOR_PORT: '0',
  VIDEO_EMULATOR_PORT: '0',
  LIVEKIT_EMULATOR_PORT: '0',
  HMS_EMULATOR_PORT: '0',
  TWILIO_API_EMULATOR_PORT: '0',
  SMS_OUTBOX_PORT: '0',
};
const basic = (user: string, password: string): { authorization: string } => ({
  authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
});

/** Lists the rooms of 100ms with a token of management. */
function hmsRooms(address: string | undefined, accessKey: string, appSecret: string): Promise<Response> {
  const now = Math.floor(Date.now() / 1000);
  const claims = { access_key: accessKey, type: 'management', version: 2, jti: 'j', iat: now, nbf: now };
  const signed = [{ alg: 'HS256' }, { ...claims, exp: now + 60 }]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  const signature = createHmac('sha256', appSecret).update(signed).digest('base64url');
  return fetch(`${address}/rooms`, { headers: { authorization: `Bearer ${signed}.${signature}` } });
}

it('says where they are and how to log in, and is ready then', async () => {
  const emulators = run(checkout, 'emulators.ts', FREE);
  await emulators.line(/^Emulators are ready$/);
  const [sync = '', video = '', livekit = '', hms = '', api = '', outbox = '', ...settings] = emulators.out;
  expect(sync).toMatch(/^Twilio Sync emulator: http:\/\/127\.0\.0\.1:\d+$/);
  expect(video).toMatch(/^Twilio Video emulator: http:\/\/127\.0\.0\.1:\d+$/);
  expect(livekit).toMatch(/^LiveKit emulator: http:\/\/127\.0\.0\.1:\d+$/);
  expect(hms).toMatch(/^100ms emulator: http:\/\/127\.0\.0\.1:\d+\/v2$/);
  expect(api).toMatch(/^Twilio API emulator: http:\/\/127\.0\.0\.1:\d+$/);
  expect(outbox).toMatch(/^Text messages, sent by the Twilio API emulator: http:\/\/127\.0\.0\.1:\d+$/);
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

  const message = await fetch(`${api.split(': ')[1]}/2010-04-01/Accounts/${ACCOUNT_SID}/Messages.json`, {
    method: 'POST',
    headers: basic(ACCOUNT_SID, AUTH_TOKEN),
    body: new URLSearchParams({ To: '+14155550123', From: '+15005550006', Body: 'Come <soon>' }),
  });
  expect(message.status).toBe(201);
  const page = await (await fetch(outbox.split(': ')[1] ?? '')).text();
  expect(page).toContain('<b>+14155550123</b>');
  expect(page).toContain('Come &lt;soon&gt;');

  const { HMS_ACCESS_KEY = '', HMS_APP_SECRET = '' } = printed;
  expect((await hmsRooms(hms.split(': ')[1], HMS_ACCESS_KEY, HMS_APP_SECRET)).status).toBe(200);

  emulators.child.kill('SIGTERM');
  expect(await emulators.exit).toBe(0);
});

it("plays the developer's account, and does not print its secrets", async () => {
  const account = { ACCOUNT_SID: `AC${'a'.repeat(32)}`, AUTH_TOKEN: 'b'.repeat(32) };
  // By their names in seed 003.
  const keys = { API_KEY: 'my-key', APP_SECRET: 'my-secret' };
  const emulators = run(checkout, 'emulators.ts', { ...FREE, ...account, ...keys });
  await emulators.line(/^Emulators are ready$/);
  const origin = emulators.out[0]?.split(': ')[1];
  const services = await fetch(`${origin}/v1/Services`, {
    headers: basic(account.ACCOUNT_SID, account.AUTH_TOKEN),
  });
  expect(services.status).toBe(200);
  const hms = emulators.out[3]?.split(': ')[1];
  expect((await hmsRooms(hms, keys.API_KEY, keys.APP_SECRET)).status).toBe(200);
  expect((await hmsRooms(hms, keys.API_KEY, 'another')).status).toBe(401);
  const printed = emulators.out.join('\n');
  for (const secret of [account.AUTH_TOKEN, keys.APP_SECRET]) expect(printed).not.toContain(secret);
});
