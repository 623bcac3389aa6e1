/** Waiting rooms on 100ms as a newcomer has them: `npm start`, no account, and the emulator's own door for peers. */
import { send } from '../support/http';
import { createWholeCheckout, endAll, run, until } from './checkout';

const checkout = createWholeCheckout();
let origin: string;
let emulator: string;

beforeAll(async () => {
  const start = run(checkout, 'start.ts', { MEETINGS_PROVIDER: '100ms' });
  origin = await start.ready();
  emulator = /^100ms: emulated on (\S+)/m.exec(start.out.join('\n'))?.[1] ?? '';
}, 120_000);
afterAll(async () => {
  await endAll();
  checkout.remove();
});

async function ok(url: string, parameters: object = {}) {
  const headers = { 'content-type': 'application/json' };
  const reply = await send(url, { headers, body: JSON.stringify(parameters) });
  if (reply.status !== 200) throw new Error(`${url}: ${reply.status} ${reply.text}`);
  return reply.json;
}

test('people meet; who was removed is put out, and put out again who comes back', async () => {
  const { meeting_id } = await ok(`${origin}/admin/create`);
  const ann = await ok(`${origin}/user/enter-waiting-room`, { meeting_id, name: 'Ann' });
  const host = await ok(`${origin}/admin/join`, { meeting_id });
  const { room_id } = host;
  const joined = await ok(`${origin}/user/join`, { meeting_id, room_id, identity: ann.identity });
  expect([host.provider, joined.provider, joined.room_id]).toEqual(['100ms', '100ms', room_id]);

  const enter = ({ token }: { token: string }) => ok(`${emulator}/_emulator/join`, { token });
  const isGone = async ({ id }: { id: string }) =>
    (await send(`${emulator}/_emulator/peer`, { body: JSON.stringify({ peer_id: id }) })).status === 404;
  const hosts = await enter(host);
  expect(hosts).toMatchObject({ user_id: host.identity, role: 'host', room_id });
  const peer = await enter(joined);
  await ok(`${origin}/admin/remove`, { meeting_id, guest_id: joined.identity.split(':')[0] });
  expect(await isGone(peer)).toBe(true);

  const { guests } = await ok(`${origin}/admin/waiting-room`, { meeting_id });
  expect(guests).toEqual([]);
  const again = await enter(joined);
  await until(() => isGone(again));
  expect(await isGone(hosts)).toBe(false);
  await ok(`${origin}/admin/end`, { meeting_id });
  const refused = await send(`${emulator}/_emulator/join`, { body: JSON.stringify({ token: host.token }) });
  expect([refused.status, refused.json]).toMatchObject([403, { message: 'room is not active' }]);
});
