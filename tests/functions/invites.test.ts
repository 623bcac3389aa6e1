/** Invitations by text message on the wire. */
import { type Runtime, startRuntime } from '../support/runtime';

let foyer: Runtime;
beforeAll(async () => {
  foyer = await startRuntime();
});
afterEach(() => foyer.restore());
afterAll(() => foyer.close());

const PHONE = '+14155550123';
const create = async (): Promise<number> => (await foyer.ok('/admin/create')).meeting_id;
const sent = () => foyer.account.messages.map(({ to, body }) => ({ to, body }));

test('the guest is sent the link of the meeting where the host’s pages are', async () => {
  const meeting_id = await create();
  expect(await foyer.ok('/admin/invite', { meeting_id, phone: PHONE })).toEqual({
    meeting_id,
    phone: PHONE,
    status: 'queued',
  });
  expect(sent().at(-1)).toEqual({
    to: PHONE,
    body: expect.stringContaining(`${foyer.origin}/meeting.html#${meeting_id}`),
  });
  foyer.environment['FRONTEND_URL'] = 'https://meet.example/foyer/';
  await foyer.ok('/admin/invite', { meeting_id, phone: PHONE });
  expect(sent().at(-1)?.body).toMatch(
    new RegExp(`\nhttps://meet\\.example/foyer/meeting\\.html#${meeting_id}$`),
  );
});

test('the message is in the language of whose service it is, by its name', async () => {
  const meeting_id = await create();
  const said = async (language: string, phone: string): Promise<string | undefined> => {
    Object.assign(foyer.environment, { BRAND_NAME: 'Praxis Grün', BRAND_LANGUAGE: language });
    await foyer.ok('/admin/invite', { meeting_id, phone });
    return sent().at(-1)?.body.split('\n')[0];
  };
  expect(await said('', '+14155550131')).toMatch(/^Praxis Grün invites you/);
  expect(await said('de', '+14155550132')).toMatch(/^Praxis Grün lädt Sie .* ein/);
  expect(await said('ar', '+14155550133')).toBe('اجتماع فيديو مع Praxis Grün');
});

test('what Twilio refuses is said in our words', async () => {
  const meeting_id = await create();
  const before = sent().length;
  for (const [phone, status, reason] of [
    ['+15005550001', 400, /^Error: phone must be/],
    ['+15005550004', 403, /^Error: .*unsubscribed/],
    ['+15005550003', 403, /^Error: .*country/],
  ] as const) {
    const reply = await foyer.call('/admin/invite', { meeting_id, phone });
    expect([reply.status, reply.text]).toEqual([status, expect.stringMatching(reason)]);
    expect(reply.text).not.toContain('5005550');
  }
  expect(sent()).toHaveLength(before);
});

test('too many to one phone are answered with a time to wait', async () => {
  const meeting_id = await create();
  const phone = '+14155550188';
  for (let n = 0; n < 3; n += 1) await foyer.ok('/admin/invite', { meeting_id, phone });
  const reply = await foyer.call('/admin/invite', { meeting_id, phone });
  expect(reply.status).toBe(429);
  expect(Number(reply.headers['retry-after'])).toBeGreaterThan(590);
});

test('after the end nobody is invited', async () => {
  const meeting_id = await create();
  await foyer.ok('/admin/end', { meeting_id });
  expect((await foyer.call('/admin/invite', { meeting_id, phone: PHONE })).status).toBe(403);
});

test('a host is told whether there is a sender, and where a local run shows what was sent', async () => {
  const meeting_id = await create();
  const told = async () => {
    const { text_messages, text_messages_shown_at } = await foyer.ok('/admin/waiting-room', { meeting_id });
    return [text_messages, text_messages_shown_at];
  };
  expect(await told()).toEqual([true, undefined]);
  foyer.environment['SMS_OUTBOX_URL'] = 'http://127.0.0.1:7816';
  expect(await told()).toEqual([true, 'http://127.0.0.1:7816']);
  foyer.environment['SMS_FROM'] = '';
  expect((await told())[0]).toBe(false);
  foyer.environment['MESSAGING_SERVICE_SID'] = 'MG0123456789abcdef0123456789abcdef';
  expect((await told())[0]).toBe(true);
});

test('without a sender, or with one that is none, that is said, and all else goes on', async () => {
  const meeting_id = await create();
  const before = sent().length;
  for (const variables of [
    { SMS_FROM: '' },
    { SMS_FROM: '+1' },
    { MESSAGING_SERVICE_SID: 'MG1' },
    { TWILIO_API_URL: 'api.twilio.com' },
    { BRAND_LANGUAGE: 'fr' },
  ]) {
    foyer.restore();
    Object.assign(foyer.environment, variables);
    const reply = await foyer.call('/admin/invite', { meeting_id, phone: PHONE });
    expect([reply.status, reply.text]).toEqual([
      500,
      expect.stringContaining(Object.keys(variables)[0] ?? ''),
    ]);
    await foyer.ok('/admin/waiting-room', { meeting_id });
  }
  expect(sent()).toHaveLength(before);
});

test('the phone number is in no log, whatever happens', async () => {
  const meeting_id = await create();
  foyer.printed();
  const phones = ['+14155550177', '+15005550001', '+15005550004', '+04155550166', 'tel:+14155550166'];
  for (const phone of phones) await foyer.call('/admin/invite', { meeting_id, phone });
  foyer.environment['AUTH_TOKEN'] = 'a-token-that-twilio-refuses-00000';
  await foyer.call('/admin/invite', { meeting_id, phone: '+14155550155' });
  foyer.restore();
  foyer.environment['TWILIO_API_URL'] = 'http://127.0.0.1:9';
  const reply = await foyer.call('/admin/invite', { meeting_id, phone: '+14155550144' });
  expect(reply.status).toBe(503);
  const printed = foyer.printed().join('\n');
  expect(printed).toContain('/admin/invite');
  for (const phone of [...phones, '4155550155', '4155550144'])
    expect(printed).not.toContain(phone.replace('+', ''));
});
