/** `npm start` with a real livekit-server on the PATH: a waiting room whose people really meet, through one port. */
import { mkdirSync, symlinkSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { dispose, Room, RoomEvent } from '@livekit/rtc-node';
import { eventually } from '../contract/media-server.contract';
import { createWholeCheckout, endAll, run } from '../start/checkout';
import { send } from '../support/http';
import { BUILD_MS, installedLiveKitServer } from './installed-livekit-server';

const checkout = createWholeCheckout();
let origin: string;
let printed: readonly string[];

beforeAll(async () => {
  const bin = join(checkout.root, 'bin');
  mkdirSync(bin);
  symlinkSync(installedLiveKitServer(), join(bin, 'livekit-server'));
  const start = run(checkout, 'start.ts', {
    PATH: [bin, process.env['PATH']].join(delimiter),
    MEETINGS_PROVIDER: 'livekit',
  });
  origin = await start.ready();
  printed = start.out;
}, BUILD_MS);
afterAll(async () => {
  await dispose();
  await endAll();
  checkout.remove();
});

interface Joined {
  readonly room_id: string;
  readonly identity: string;
  readonly token: string;
  readonly provider: string;
  readonly livekit_url: string;
}

async function post<T>(path: string, body: object): Promise<T> {
  const reply = await send(origin + path, {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (reply.status !== 200) throw new Error(`${path}: ${reply.status} ${reply.text}`);
  return reply.json as T;
}

async function connect({ livekit_url, token }: Joined) {
  const room = new Room();
  let isOut = false;
  room.on(RoomEvent.Disconnected, () => {
    isOut = true;
  });
  await room.connect(livekit_url, token, { autoSubscribe: true, dynacast: false });
  const others = () => [...room.remoteParticipants.values()].map(({ identity, name }) => [identity, name]);
  return { room, isOut: () => isOut, others };
}

test('host and guest meet; who was removed stays out, with a token kept from before too; the end ends it', async () => {
  expect(printed.join('\n')).toMatch(/^LiveKit: real, /m);
  const { meeting_id } = await post<{ meeting_id: number }>('/admin/create', {});
  const ann = await post<{ identity: string }>('/user/enter-waiting-room', { meeting_id, name: 'Ann 🎈' });
  const hosts = await post<Joined>('/admin/join', { meeting_id, name: 'Zoë' });
  expect(hosts).toMatchObject({ provider: 'livekit', livekit_url: origin.replace('http', 'ws') });
  const { room_id } = hosts;
  const anns = await post<Joined>('/user/join', { meeting_id, room_id, identity: ann.identity });
  const [host, guest] = [await connect(hosts), await connect(anns)];
  await eventually(() => host.others().length === 1 && guest.others().length === 1);
  expect(host.others()).toEqual([[anns.identity, 'Ann 🎈']]);
  expect(guest.others()).toEqual([[hosts.identity, 'Zoë']]);

  const guest_id = anns.identity.split(':')[0];
  await post('/admin/remove', { meeting_id, guest_id });
  await eventually(() => guest.isOut());
  await expect(post('/user/join', { meeting_id, room_id, identity: ann.identity })).rejects.toThrow(/403/);
  // LiveKit itself would let her in again: its webhook tells us, and she is put out.
  const again = await connect(anns);
  await eventually(() => again.isOut());
  expect(host.isOut()).toBe(false);

  await post('/admin/end', { meeting_id });
  await eventually(() => host.isOut());
  // A token from before brings the room back, for as long as the webhook takes.
  const ghost = await connect(hosts);
  await eventually(() => ghost.isOut());
});

test('a host who rejoins meets whoever is in the room of before', async () => {
  const { meeting_id } = await post<{ meeting_id: number }>('/admin/create', {});
  const first = await post<Joined>('/admin/join', { meeting_id, name: 'Zoë' });
  const again = await post<Joined>('/admin/join', { meeting_id, name: 'Zoë' });
  expect(again.room_id).toBe(first.room_id);
  const [one, two] = [await connect(first), await connect(again)];
  await eventually(() => one.others().length === 1 && two.others().length === 1);
  await Promise.all([one.room.disconnect(), two.room.disconnect()]);
});
