/** The whole of it as a newcomer has it: `npm start`, then pages with the vendor's own SDK, through one port. */
import { FullRun } from '../support/full-run';
import { type Reply, send } from '../support/http';
import { commandsIn, paste } from '../support/readme';
import { dropTimers, seen, SyncClients, told } from '../support/sync-clients';
import { createWholeCheckout, endAll, run } from './checkout';

const checkout = createWholeCheckout();
const browsers = new SyncClients();
let origin: string;
let printed: readonly string[];
let complained: readonly string[];

beforeAll(async () => {
  const start = run(checkout, 'start.ts');
  origin = await start.ready();
  printed = start.out;
  complained = start.err;
}, 120_000);
afterAll(async () => {
  await browsers.closeAll();
  await endAll();
  checkout.remove();
  dropTimers();
});

const post = (path: string, parameters: object = {}, headers: Record<string, string> = {}): Promise<Reply> =>
  send(origin + path, {
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(parameters),
  });

async function ok(path: string, parameters: object = {}, headers: Record<string, string> = {}) {
  const reply = await post(path, parameters, headers);
  if (reply.status !== 200) throw new Error(`${path}: ${reply.status} ${reply.text}`);
  return reply.json;
}

const isOpen = (data: object): boolean => 'room_id' in data;

test('guests wait, the host joins, all are told, all join; the end is told, too', async () => {
  const { meeting_id } = await ok('/admin/create');
  const guests = await Promise.all(
    ['Ann', 'Bob'].map((name) => ok('/user/enter-waiting-room', { meeting_id, name })),
  );
  const documents = await Promise.all(guests.map((guest) => browsers.document(guest)));
  expect(documents.map(({ data }) => data)).toEqual([{ state: 'waiting' }, { state: 'waiting' }]);

  const hearing = Promise.all(documents.map((document) => seen(document, isOpen)));
  const { room_id } = await ok('/admin/join', { meeting_id });
  expect(await hearing).toEqual(guests.map(() => ({ state: 'admitted', room_id })));
  const joined = await Promise.all(
    guests.map(({ identity }) => ok('/user/join', { meeting_id, room_id, identity })),
  );
  expect(joined.map((one) => one.room_id)).toEqual([room_id, room_id]);
  expect(new Set(joined.map(({ identity }) => identity)).size).toBe(2);

  const ending = Promise.all(documents.map((document) => seen(document, ({ state }) => state === 'ended')));
  await ok('/admin/end', { meeting_id });
  await ending;
  expect((await post('/user/join', { meeting_id, room_id, identity: guests[0].identity })).status).toBe(403);
});

test("the README's requests can be pasted as they are", async () => {
  const [keep = '', ...four] = commandsIn('## Four requests');
  expect(four).toHaveLength(4);
  expect(JSON.parse(await paste([keep, ...four], origin))).toMatchObject({
    room_id: expect.stringMatching(/^RM[0-9a-f]{32}$/),
    identity: expect.stringMatching(/^g[0-9a-f]{16}:Ann$/),
  });
  const [call = ''] = commandsIn('### Calls');
  expect(await paste([keep, call], origin)).toContain('"status":"ENDED"');
  // To zsh, which most Macs have, a comment that is typed is none.
  expect(commandsIn().filter((commands) => /(^|\s)#/m.test(commands))).toEqual([]);
}, 60_000);

test('an invitation by text message leads here, and is shown instead of sent', async () => {
  const { meeting_id } = await ok('/admin/create');
  const phone = '+14155550123';
  expect(await ok('/admin/invite', { meeting_id, phone })).toEqual({ meeting_id, phone, status: 'queued' });
  const banner = printed.find((line) => line.startsWith('Twilio Messaging: emulated on '));
  const outbox = /shown on (http:\/\/127\.0\.0\.1:\d+)$/.exec(banner ?? '')?.[1] ?? '';
  const page = await (await fetch(outbox)).text();
  expect(page).toContain(`<a href="${origin}/meeting.html#${meeting_id}">`);
  expect(printed.join('\n')).not.toContain('4155550123');
});

test('the host watches who comes, and lets one in and not the other', async () => {
  const { meeting_id } = await ok('/admin/create', { admission: 'manual' });
  const map = await browsers.map(await ok('/admin/waiting-room', { meeting_id }));
  const arrival = told<{ item: { key: string; data: object } }>(map, 'itemAdded');
  const ann = await ok('/user/enter-waiting-room', { meeting_id, name: 'Ann' });
  const { item } = await arrival;
  expect(item.data).toMatchObject({ guest_id: item.key, name: 'Ann', state: 'waiting' });
  const bob = await ok('/user/enter-waiting-room', { meeting_id, name: 'Bob' });
  const [annsDocument, bobsDocument] = await Promise.all([browsers.document(ann), browsers.document(bob)]);

  await ok('/admin/admit', { meeting_id, guest_id: item.key });
  await ok('/admin/deny', { meeting_id, all: true });
  const { room_id } = await ok('/admin/join', { meeting_id });
  expect(await seen(annsDocument, isOpen)).toEqual({ state: 'admitted', room_id });
  expect(await seen(bobsDocument, ({ state }) => state === 'denied')).toEqual({ state: 'denied' });
  await ok('/user/join', { meeting_id, room_id, identity: ann.identity });
  expect((await post('/user/join', { meeting_id, room_id, identity: bob.identity })).status).toBe(403);
});

test('a LiveKit meeting has a link with a page, can be joined and looked at, and is deleted', async () => {
  const created = await ok('/api/v1/meetings/create');
  const { meeting_id, meeting_link, livekit_url } = created;
  expect([meeting_link, livekit_url]).toEqual([
    `${origin}/meeting/${meeting_id}`,
    origin.replace('http', 'ws'),
  ]);
  const page = await send(meeting_link, { method: 'GET' });
  expect([page.status, page.headers['content-type']]).toEqual([200, expect.stringMatching(/^text\/html/)]);
  expect(page.text).toMatch(/<title[^>]*>[^<{]+<\/title>[^]+<script type="module"/);

  const address = `/api/v1/meetings/${meeting_id}`;
  const joined = await ok(`${address}/join`, { user_name: 'John Doe' });
  expect(joined).toMatchObject({ user_id: expect.stringMatching(/^john_doe_/), livekit_url });
  const looked = await send(`${origin}${address}/info`, { method: 'GET' });
  expect(looked.json).toMatchObject({ meeting_id, exists: true, num_participants: 0 });
  const joining = await ok('/', { roomName: 'daily', uid: 'ann' });
  expect(joining).toMatchObject({ msg: 'Success', livekit_socket_url: livekit_url });
  expect((await send(origin + address, { method: 'DELETE' })).json).toMatchObject({ success: true });
});

test('a page that came through a tunnel is sent back through it', async () => {
  const { meeting_id } = await ok('/admin/create');
  const tunnel = { 'x-forwarded-host': 'meet.example', 'x-forwarded-proto': 'https' };
  const { connect_options } = await ok('/user/enter-waiting-room', { meeting_id }, tunnel);
  expect(connect_options).toEqual({ twilsock: { uri: 'wss://meet.example/v3/wsconnect' } });
  const lan = await ok('/admin/join', { meeting_id }, { host: '192.0.2.10:3000' });
  expect(lan.connect_options).toMatchObject({ wsServer: 'ws://192.0.2.10:3000/signaling' });
});

test('what is not right is said in one line of text, by whomever it is noticed', async () => {
  const bad = { headers: { 'content-type': 'application/json' }, body: '{"n_digits":' };
  for (const reply of [
    await send(`${origin}/admin/create`, bad),
    await send(`${origin}/admin/create`, { method: 'GET' }),
    await send(`${origin}/admin/nothing`),
    await post('/admin/create', { n_digits: 'x' }),
    await post('/admin/create', { request: { headers: { authorization: 'Bearer x' } } }),
  ]) {
    expect(reply.status).toBeGreaterThanOrEqual(400);
    expect(reply.status).toBeLessThan(500);
    expect(reply.headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(reply.text).toMatch(/^Error: [^\n]+$/);
  }
});

test('the terminal shows nothing secret of a run of everything, nor of what was forged', async () => {
  const everything = new FullRun(origin);
  await everything.all();
  const text = [...printed, ...complained].join('\n');
  expect(everything.secrets.length).toBeGreaterThan(300);
  expect(everything.secrets.filter((secret) => text.includes(secret))).toEqual([]);
}, 120_000);

test('the terminal shows a line for each request, and no token', () => {
  const lines = printed.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));
  expect(lines.length).toBeGreaterThan(15);
  for (const line of lines)
    expect(line).toMatchObject({ route: expect.any(String), status: expect.any(Number) });
  expect(printed.join('\n')).not.toMatch(/eyJ[\w-]{20,}/);
});
