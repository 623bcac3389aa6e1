/** The emulator answers what a real livekit-server answers. Where they differ, the emulator is wrong. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dispose, Room } from '@livekit/rtc-node';
import { AccessToken, type VideoGrant, WebhookReceiver } from 'livekit-server-sdk';
import { createLiveKitEmulator, type LiveKitEmulator } from '../../emulator/livekit/server';
import { type RunningServer, runLiveKitServer } from '../../scripts/start/livekit-server';
import { eventually } from '../contract/media-server.contract';
import { send } from '../support/http';
import { BUILD_MS, installedLiveKitServer } from './installed-livekit-server';

const KEY = { apiKey: 'devkey', apiSecret: 'secretsecretsecretsecretsecretsecret' };

interface Side {
  readonly origin: string;
  join(token: string): Promise<{ leave(): Promise<void> }>;
}

/** What either side tells of rooms whose names end with its letter. */
const told: Record<'real' | 'emulated', unknown[]> = { real: [], emulated: [] };
let receiver: Server;
let server: RunningServer;
let emulator: LiveKitEmulator;
let real: Side;
let emulated: Side;

beforeAll(async () => {
  const vendor = new WebhookReceiver(KEY.apiKey, KEY.apiSecret);
  receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const side = request.url === '/real' ? 'real' : 'emulated';
      void vendor.receive(body, request.headers.authorization).then(
        () => told[side].push(bare(JSON.parse(body))),
        (error: unknown) => told[side].push(String(error)),
      );
      response.end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const hook = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  server = await runLiveKitServer(installedLiveKitServer(), KEY, `${hook}/real`);
  emulator = createLiveKitEmulator({
    keys: { [KEY.apiKey]: KEY.apiSecret },
    webhookUrls: [`${hook}/emulated`],
  });
  const { origin } = await emulator.listen();
  real = {
    origin: server.origin,
    join: async (token) => {
      const room = new Room();
      await room.connect(server.origin.replace('http', 'ws'), token, {
        autoSubscribe: true,
        dynacast: false,
      });
      return { leave: () => room.disconnect() };
    },
  };
  emulated = {
    origin,
    join: async (token) => {
      await Promise.resolve();
      const attendee = emulator.join(token);
      return { leave: () => Promise.resolve(attendee.leave()) };
    },
  };
}, BUILD_MS);

afterAll(async () => {
  await dispose();
  await Promise.all([server.close(), emulator.close()]);
  await new Promise((resolve) => receiver.close(resolve));
});

/** Made up anew by each side. */
const OWN = /^(sid|turn_?password|creation_?time(_?ms)?|joined_?at(_?ms)?|created_?at|id|version)$/i;

/** About the client, or counted by the server with a delay. */
const ELSEWHERE = /^(capabilities|client_?protocol|num_?participants|num_?publishers)$/i;

/** An answer without what each side makes up. */
function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, field]): [string, unknown] => [name, OWN.test(name) ? typeof field : bare(field)])
      .filter(([name]) => !ELSEWHERE.test(name)),
  );
}

async function tokenOf(video: VideoGrant, options: ConstructorParameters<typeof AccessToken>[2] = {}) {
  const token = new AccessToken(KEY.apiKey, KEY.apiSecret, { ttl: 60, ...options });
  token.addGrant(video);
  return token.toJwt();
}

async function ask({ origin }: Side, method: string, token: string | undefined, body: unknown, type: string) {
  const reply = await send(`${origin}/twirp/livekit.RoomService/${method}`, {
    headers: { 'content-type': type, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const isJson = reply.headers['content-type'] === 'application/json';
  return { status: reply.status, body: isJson ? bare(reply.json) : reply.text };
}

const CREATE = { roomCreate: true };
const LIST = { roomList: true };
const ADMIN = { roomAdmin: true, room: 'r' };
const GONE = { roomAdmin: true, room: 'gone' };

/** One after the other: each finds what those before it have left. */
const CALLS: readonly (readonly [string, VideoGrant | undefined, unknown, string?])[] = [
  [
    'CreateRoom',
    CREATE,
    { name: 'r', maxParticipants: 2, emptyTimeout: 100, departure_timeout: 30, metadata: 'm' },
  ],
  ['CreateRoom', CREATE, { name: 'r', max_participants: 9, metadata: 'other' }],
  ['CreateRoom', CREATE, { name: 'x'.repeat(257) }],
  ['CreateRoom', CREATE, { name: 'm', metadata: 'x'.repeat(600_000) }],
  ['CreateRoom', CREATE, { name: 5 }],
  ['CreateRoom', CREATE, { name: 'r', emptyTimeout: -1 }],
  ['CreateRoom', CREATE, { name: 'r', nobodyKnows: true }],
  ['CreateRoom', CREATE, '{nonsense'],
  ['CreateRoom', CREATE, '[]'],
  ['CreateRoom', CREATE, '{}', 'text/plain'],
  ['CreateRoom', LIST, { name: 's' }],
  ['CreateRoom', undefined, { name: 's' }],
  ['Nope', CREATE, {}],
  ['ListRooms', LIST, { names: ['r', 'none'] }],
  ['ListRooms', CREATE, {}],
  ['UpdateRoomMetadata', ADMIN, { room: 'r', metadata: 'new' }],
  ['UpdateRoomMetadata', GONE, { room: 'gone', metadata: 'new' }],
  ['ListParticipants', ADMIN, { room: 'r' }],
  ['ListParticipants', ADMIN, { room: 's' }],
  ['ListParticipants', GONE, { room: 'gone' }],
  ['GetParticipant', ADMIN, { room: 'r', identity: 'ann' }],
  ['RemoveParticipant', ADMIN, { room: 'r', identity: 'ann' }],
  ['RemoveParticipant', GONE, { room: 'gone', identity: 'ann' }],
  ['UpdateParticipant', ADMIN, { room: 'r', identity: 'ann', metadata: 'x' }],
  ['UpdateParticipant', ADMIN, { room: 'r', identity: 'ann', name: 'x'.repeat(257) }],
  ['MutePublishedTrack', ADMIN, { room: 'r', identity: 'ann', track_sid: 'TR_x', muted: true }],
  ['SendData', ADMIN, { room: 'r', data: 'aGk=' }],
  ['SendData', GONE, { room: 'gone', data: 'aGk=' }],
  ['DeleteRoom', LIST, { room: 'r' }],
  ['DeleteRoom', CREATE, { room: 'none' }],
  ['DeleteRoom', CREATE, { room: 'r' }],
  ['DeleteRoom', CREATE, { room: 'r' }],
];

const short = (value: unknown): string => JSON.stringify(value ?? null).slice(0, 60);
const TITLED = CALLS.map(
  ([method, grant, body, type = 'application/json']) =>
    [`${method} with ${short(grant)}: ${short(body)}`, { method, grant, body, type }] as const,
);

test.each(TITLED)('%s', async (_, { method, grant, body, type }) => {
  const token = grant && (await tokenOf(grant));
  const [theirs, ours] = await Promise.all(
    [real, emulated].map((side) => ask(side, method, token, body, type)),
  );
  expect(ours).toEqual(theirs);
});

test.each<[string, () => Promise<string>]>([
  ['rubbish', () => Promise.resolve('rubbish')],
  ['of no key', () => new AccessToken('nobody', 'x'.repeat(32)).toJwt()],
  ['of another secret', () => new AccessToken(KEY.apiKey, 'x'.repeat(32)).toJwt()],
  ['expired', () => tokenOf(CREATE, { ttl: -120 })],
  ['expired within the leeway', () => tokenOf(CREATE, { ttl: -30 })],
])('a token that is %s', async (_, make) => {
  const token = await make();
  const answers = await Promise.all(
    [real, emulated].map((side) => ask(side, 'CreateRoom', token, { name: 'tokens' }, 'application/json')),
  );
  expect(answers[1]).toEqual(answers[0]);
});

test.each<[string, () => Promise<string>]>([
  ['none', () => Promise.resolve('')],
  ['rubbish', () => Promise.resolve('rubbish')],
  ['no right to join', () => tokenOf(LIST)],
  ['no identity', () => new AccessToken(KEY.apiKey, KEY.apiSecret).toJwt()],
  ['too long an identity', () => tokenOf({ roomJoin: true, room: 'r' }, { identity: 'é'.repeat(129) })],
  ['no room', () => tokenOf({ roomJoin: true }, { identity: 'ann' })],
])('at the door with %s', async (_, make) => {
  const token = await make();
  const answers = await Promise.all(
    [real, emulated].map(async ({ origin }) => {
      const reply = await send(`${origin}/rtc/validate?access_token=${token}`, { method: 'GET' });
      return [reply.status, reply.text, reply.headers['access-control-allow-origin']];
    }),
  );
  expect(answers[1]).toEqual(answers[0]);
});

test('who is in a room, and what webhooks tell of it', async () => {
  for (const side of ['real', 'emulated'] as const) told[side].length = 0;
  const options = { identity: 'g1:Zoë', name: 'Zoë 🎈', metadata: '{"x":1}', attributes: { my_seat: '1' } };
  const video = { roomJoin: true, room: 'r', canPublish: true, canSubscribe: true, canPublishData: true };
  const token = await tokenOf(video, options);
  const answers = await Promise.all(
    [real, emulated].map(async (side) => {
      const attendee = await side.join(token);
      const call = async (method: string, grant: VideoGrant, body: object) =>
        ask(side, method, await tokenOf(grant), body, 'application/json');
      const admin = { room: 'r', identity: 'g1:Zoë' };
      const listed = await call('ListParticipants', ADMIN, { room: 'r' });
      const updated = await call('UpdateParticipant', ADMIN, {
        ...admin,
        attributes: { a: 'b' },
        metadata: 'y',
      });
      const unmuted = await call('MutePublishedTrack', ADMIN, { ...admin, track_sid: 'TR_x', muted: false });
      await attendee.leave();
      await eventually(async () => {
        const { body } = await call('ListParticipants', ADMIN, { room: 'r' });
        return (body as { participants: unknown[] }).participants.length === 0;
      });
      await side.join(token);
      const removed = await call('RemoveParticipant', ADMIN, admin);
      const deleted = await call('DeleteRoom', CREATE, { room: 'r' });
      return { listed, updated, unmuted, removed, deleted };
    }),
  );
  expect(answers[1]).toEqual(answers[0]);
  await eventually(() => told.real.length >= 6 && told.emulated.length >= 6);
  expect(told.emulated).toEqual(told.real);
});
