/** Text messages through the vendor's own SDK, and the page that shows them. */
import { request } from 'node:http';
import twilio from 'twilio';
import { createOutboxPage, type OutboxPage } from '../../emulator/twilio-api/outbox-page';
import { type AccountEmulator, createAccountEmulator } from '../../emulator/twilio-api/server';

const ACCOUNT = { accountSid: `AC${'1'.repeat(32)}`, authToken: '2'.repeat(32) };
const MESSAGE = {
  to: '+14155550123',
  from: '+15005550006',
  body: 'Come: https://meet.example/meeting.html#123',
};

let emulator: AccountEmulator;
let outbox: OutboxPage;
let page: string;
let api: string;
let vendor: ReturnType<typeof twilio>;
beforeAll(async () => {
  emulator = createAccountEmulator({ credentials: { ...ACCOUNT, apiKeys: {} } });
  outbox = createOutboxPage(() => emulator.messages);
  api = (await emulator.listen()).origin;
  page = (await outbox.listen()).origin;
  vendor = twilio(ACCOUNT.accountSid, ACCOUNT.authToken);
  vendor.api.baseUrl = api;
});
afterAll(() => Promise.all([emulator.close(), outbox.close()]));
beforeEach(() => fetch(`${api}/_emulator/reset`, { method: 'POST' }));

/** As a page would ask whose site has its name lead to this machine. */
const statusFor = (host: string, path = '/', method = 'GET'): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const asking = request(`${page}${path}`, { method, headers: { host } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    asking.once('error', reject);
    asking.end();
  });

test('a message is queued; by a messaging service it is accepted', async () => {
  const message = await vendor.messages.create(MESSAGE);
  expect(message).toMatchObject({
    ...MESSAGE,
    status: 'queued',
    sid: expect.stringMatching(/^SM[0-9a-f]{32}$/),
    numSegments: '1',
  });
  const messagingServiceSid = `MG${'3'.repeat(32)}`;
  const { from: _, ...rest } = MESSAGE;
  expect(await vendor.messages.create({ ...rest, messagingServiceSid })).toMatchObject({
    status: 'accepted',
    messagingServiceSid,
    numSegments: '0',
  });
  expect(emulator.messages).toHaveLength(2);
});

test.each([
  ['a'.repeat(160), '1'],
  ['a'.repeat(161), '2'],
  ['a'.repeat(306), '2'],
  ['a'.repeat(307), '3'],
  ['äöüßÄÖÜ@é\n'.repeat(16), '1'],
  ['€'.repeat(80), '1'],
  ['€'.repeat(81), '2'],
  ['ع'.repeat(70), '1'],
  ['ع'.repeat(71), '2'],
  ['ع'.repeat(135), '3'],
  [`${'a'.repeat(70)}’`, '2'],
  ['🙂'.repeat(36), '2'],
])('%s has %s segments', async (body, numSegments) => {
  expect(await vendor.messages.create({ ...MESSAGE, body })).toMatchObject({ numSegments });
});

test.each([
  [{ to: '4155550123' }, 21211],
  [{ to: '+15005550001' }, 21211],
  [{ to: '+15005550002' }, 21612],
  [{ to: '+15005550003' }, 21408],
  [{ to: '+15005550004' }, 21610],
  [{ to: '+15005550009' }, 21614],
  [{ from: '+1' }, 21212],
  [{ from: '' }, 21603],
  [{ body: '' }, 21602],
  [{ body: 'x'.repeat(1601) }, 21617],
  [{ messagingServiceSid: 'MG1' }, 21705],
])('%o is refused with %i, and nothing is sent', async (wrong, code) => {
  await expect(vendor.messages.create({ ...MESSAGE, ...wrong })).rejects.toMatchObject({ status: 400, code });
  expect(emulator.messages).toEqual([]);
});

test('strangers send nothing', async () => {
  const stranger = twilio(ACCOUNT.accountSid, 'wrong');
  stranger.api.baseUrl = api;
  await expect(stranger.messages.create(MESSAGE)).rejects.toMatchObject({ status: 401, code: 20003 });
  expect(emulator.messages).toEqual([]);
});

test('the page shows what was sent, newest first, with links to follow, and nothing of it is markup', async () => {
  expect(await (await fetch(page)).text()).toContain('Nothing was sent yet');
  await vendor.messages.create(MESSAGE);
  await vendor.messages.create({ ...MESSAGE, body: '<script>alert(1)</script> https://x.example/"onclick=' });
  const text = await (await fetch(page)).text();
  expect(text).toContain('<a href="https://meet.example/meeting.html#123">');
  expect(text).not.toMatch(/<script|"onclick/);
  expect(text.indexOf('&lt;script&gt;')).toBeLessThan(text.indexOf('meet.example'));
});

test('the page is for this machine alone', async () => {
  const { port } = new URL(page);
  expect(await statusFor(`localhost:${port}`)).toBe(200);
  for (const host of [
    'rebound.example',
    `rebound.example:${port}`,
    '127.0.0.1.rebound.example',
    '10.0.0.1',
  ]) {
    expect([host, await statusFor(host)]).toEqual([host, 403]);
  }
  expect(await statusFor('localhost', '/other')).toBe(404);
  expect(await statusFor('localhost', '/', 'POST')).toBe(404);
});
