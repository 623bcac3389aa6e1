/** Text messages by Twilio: what is refused and why, and that none is ever sent twice. */
import { createAccountEmulator, type AccountEmulator } from '../../emulator/twilio-api/server';
import { TwilioMessaging } from '../../src/adapters/twilio/messaging/text-messages';
import { systemClock } from '../../src/ports/clock';
import { Upstream } from '../../src/upstream/upstream';
import { type Fault, Wire } from '../support/wire';

const ACCOUNT = { accountSid: `AC${'1'.repeat(32)}`, authToken: '2'.repeat(32) };
const PHONE = '+14155550123';

let wire: Wire;
let emulator: AccountEmulator;
let apiUrl: string;
let budgetMs: number | undefined;
beforeEach(async () => {
  wire = new Wire();
  emulator = createAccountEmulator({ credentials: { ...ACCOUNT, apiKeys: {} } });
  apiUrl = await wire.to((await emulator.listen()).origin);
  budgetMs = undefined;
});
afterEach(async () => {
  await wire.close();
  await emulator.close();
});

const send = (
  phone = PHONE,
  {
    sender = { From: '+15005550006' },
    account = ACCOUNT,
    to = apiUrl,
  }: {
    readonly sender?: Readonly<Record<string, string>>;
    readonly account?: typeof ACCOUNT;
    readonly to?: string;
  } = {},
) =>
  new TwilioMessaging({ apiUrl: to, account, sender }, new Upstream(systemClock, budgetMs)).send(
    phone,
    'Come & see: 100 %+ü',
  );

test('a message is handed over once, as it was written, by a number or by a messaging service', async () => {
  await send();
  await send(PHONE, { sender: { MessagingServiceSid: `MG${'3'.repeat(32)}` } });
  expect(wire.calls).toEqual(Array(2).fill(`POST /2010-04-01/Accounts/${ACCOUNT.accountSid}/Messages.json`));
  expect(emulator.messages).toMatchObject([
    { to: PHONE, from: '+15005550006', body: 'Come & see: 100 %+ü' },
    { to: PHONE, from: `MG${'3'.repeat(32)}` },
  ]);
});

describe('a refusal', () => {
  test.each([
    ['+15005550001', 'invalid-input', /^phone must be/],
    ['+15005550009', 'invalid-input', /^phone must be/],
    ['+15005550004', 'not-allowed', /unsubscribed/],
    ['+15005550003', 'not-allowed', /country/],
    ['+15005550002', 'not-allowed', /country/],
  ])('of %s is told as %s, without the number, and not tried again', async (phone, code, message) => {
    await expect(send(phone)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
    await expect(send(phone)).rejects.not.toMatchObject({ message: expect.stringContaining(phone.slice(1)) });
    expect(wire.calls).toHaveLength(2);
    expect(emulator.messages).toEqual([]);
  });

  test.each([{ From: '+1' }, { MessagingServiceSid: 'MG1' }])(
    'of the sender is for the operator: %o',
    async (sender) => {
      await expect(send(PHONE, { sender })).rejects.toMatchObject({ code: 'misconfigured' });
    },
  );

  test('that nobody foresaw is our fault, and neither credentials nor number are in what is logged of it', async () => {
    const account = { ...ACCOUNT, authToken: 'wrong' };
    const error = await send(PHONE, { account }).catch((thrown: unknown) => thrown as Error);
    expect(error).not.toHaveProperty('code');
    expect(String(error)).toBe('Error: Twilio Messaging: status 401, code 20003');
  });
});

describe('never twice', () => {
  test('a rate limit is waited out: nothing was sent before', async () => {
    wire.fail({ fault: 429, moment: 'before', from: 1, to: 2 });
    await send();
    expect(wire.calls).toHaveLength(3);
    expect(emulator.messages).toHaveLength(1);
  });

  test('a rate limit that goes on is told as such, after a few tries', async () => {
    wire.fail({ fault: 429, moment: 'before', from: 1, to: 99 });
    await expect(send()).rejects.toMatchObject({ code: 'try-again', message: expect.stringMatching(/busy/) });
    expect(wire.calls).toHaveLength(5);
    expect(emulator.messages).toEqual([]);
  });

  test('an address where nobody listens is tried again: nothing was sent', async () => {
    await wire.close();
    const error = await send().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'try-again', message: expect.stringMatching(/busy/) });
  });

  test.each<[Fault, 'before' | 'after']>(
    ([500, 503, 'reset', 'silence', 'garbage'] as const).flatMap((fault) =>
      (['before', 'after'] as const).map((moment): [Fault, 'before' | 'after'] => [fault, moment]),
    ),
  )(
    '%s, %s the message was taken: one try, and the host is told that nobody knows',
    async (fault, moment) => {
      budgetMs = 500;
      wire.fail({ fault, moment, from: 1, to: 1 });
      const error = (await send().catch((thrown: unknown) => thrown)) as Error;
      expect(error).toMatchObject({
        code: 'try-again',
        message: expect.stringMatching(/may or may not have been sent/),
        cause: expect.anything(),
      });
      expect(`${error.message} ${String(error.cause)}`).not.toMatch(/4155550123|Basic/);
      expect(wire.calls).toHaveLength(1);
      expect(emulator.messages).toHaveLength(moment === 'after' ? 1 : 0);
    },
  );
});
