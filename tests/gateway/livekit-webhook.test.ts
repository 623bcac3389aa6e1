/** LiveKit's signature under a webhook, as its own SDK makes it, and everything that only looks like it. */
import { createHash, createHmac } from 'node:crypto';
import { AccessToken } from 'livekit-server-sdk';
import { readLivekitWebhook, SeenEvents } from '../../gateway/livekit-webhook';
import { LIMITS } from '../../gateway/limits';

const key = { apiKey: 'APIkey', apiSecret: 'a secret of at least thirty-two characters' };
const event = {
  event: 'participant_joined',
  room: { sid: 'RM_x', name: 'abc-defg-hij-1' },
  participant: { sid: 'PA_x', identity: 'ann_1', name: 'Åsa 李' },
  id: 'EV_1',
  createdAt: '1700000000',
};
const body = Buffer.from(JSON.stringify(event));

async function sign(bytes: Buffer, { apiKey, apiSecret } = key, ttl = 300): Promise<string> {
  const token = new AccessToken(apiKey, apiSecret, { ttl });
  token.sha256 = createHash('sha256').update(bytes).digest('base64');
  return token.toJwt();
}
const read = (authorization: string | undefined, bytes = body, now = Date.now()) =>
  readLivekitWebhook(key, authorization, bytes, now);

test('what LiveKit signed is read', async () => {
  const expected = {
    event: 'participant_joined',
    id: 'EV_1',
    room_name: 'abc-defg-hij-1',
    participant_id: 'PA_x',
    participant_identity: 'ann_1',
    created_at: 1700000000,
  };
  expect(read(await sign(body))).toEqual(expected);
  expect(read(`Bearer ${await sign(body)}`)).toEqual(expected);
  const started = Buffer.from('{"event":"room_started","room":null,"participant":7,"id":{}}');
  expect(read(await sign(started), started)).toEqual({ event: 'room_started' });
});

test('clocks that differ by less than a minute do no harm', async () => {
  const token = await sign(body);
  expect(read(token, body, Date.now() + 350_000)).toBeDefined();
  expect(read(token, body, Date.now() - 50_000)).toBeDefined();
});

test('whatever else is not taken', async () => {
  const token = await sign(body);
  const [header, payload, signature = ''] = token.split('.');
  const forged = (head: object, claims: object, secret = key.apiSecret): string => {
    const parts = [head, claims]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    return `${parts}.${createHmac('sha256', secret).update(parts).digest('base64url')}`;
  };
  const claims = JSON.parse(Buffer.from(payload ?? '', 'base64url').toString());
  const wrong: (string | undefined)[] = [
    undefined,
    '',
    'Bearer',
    '..',
    `${header}.${payload}.`,
    `${token}.x`,
    `${header}.${payload}.${signature.slice(0, -2)}`,
    await sign(Buffer.from('another body')),
    await sign(body, { ...key, apiKey: 'APIother' }),
    await sign(body, { ...key, apiSecret: 'another secret of thirty-two characters' }),
    forged({ alg: 'none' }, claims),
    forged({ alg: 'HS256' }, { ...claims, exp: undefined }),
    forged({ alg: 'HS256' }, { ...claims, exp: 'x' }),
    forged({ alg: 'HS256' }, { ...claims, nbf: 9e9 }),
    forged({ alg: 'HS256' }, { ...claims, sha256: undefined }),
    await new AccessToken(key.apiKey, key.apiSecret, { identity: 'ann' }).toJwt(),
  ];
  for (const authorization of wrong) expect(read(authorization)).toBeUndefined();
  expect(read(token, Buffer.concat([body, Buffer.from(' ')]))).toBeUndefined();
  expect(read(token, body, Date.now() + 400_000)).toBeUndefined();
  const list = Buffer.from('[1]');
  expect(read(await sign(list), list)).toBeUndefined();
});

test('an event is new once, unless it could not be handed on', () => {
  const events = new SeenEvents();
  expect([events.add('a'), events.add('a'), events.add(undefined), events.add(undefined)]).toEqual([
    true,
    false,
    true,
    true,
  ]);
  events.forget('a');
  expect(events.add('a')).toBe(true);
  for (let i = 0; i < LIMITS.rememberedEvents; i += 1) events.add(`later ${i}`);
  expect([events.add('a'), events.add('later 9999')]).toEqual([true, false]);
});
