/** The waiting room while people wait in it, over HTTP and through the unmodified `twilio-sync`. */
import type { SyncDocument } from 'twilio-sync';
import { countBefore } from '../../src/domain/queue';
import type { BoardData, DocumentData } from '../../src/api/meetings';
import { dropTimers, SyncClients, until } from '../support/sync-clients';
import { type Runtime, startRuntime } from '../support/runtime';

let foyer: Runtime;
const browsers = new SyncClients();
beforeAll(async () => {
  foyer = await startRuntime();
});
afterEach(() => browsers.closeAll());
afterAll(async () => {
  await foyer.close();
  dropTimers();
});

const create = async (admission = 'manual'): Promise<number> =>
  (await foyer.ok('/admin/create', { admission })).meeting_id;
const guests = async (meeting_id: number) => (await foyer.ok('/admin/waiting-room', { meeting_id })).guests;
const boardIn = ({ data }: SyncDocument) => data as BoardData;

/** Somebody whose page is open: the own document, and the board that all share. */
async function arrive(meeting_id: number, name: string) {
  const entered = await foyer.ok('/user/enter-waiting-room', { meeting_id, name });
  const client = browsers.connect(entered);
  const document = await client.document({ id: entered.document, mode: 'open_existing' });
  const board = await client.document({ id: entered.board, mode: 'open_existing' });
  return {
    ...entered,
    client,
    own: document,
    all: board,
    before: () => countBefore(boardIn(board).freed, entered.place),
    heard: () => ((document.data as DocumentData).messages ?? []).map(({ text }) => text),
    heardWithAll: () => (boardIn(board).messages ?? []).map(({ text }) => text),
  };
}

test('a guest is told how to see the queue, and sees it move when others are let in or leave', async () => {
  const meeting_id = await create();
  const [ann, bob, cid] = [
    await arrive(meeting_id, 'Ann'),
    await arrive(meeting_id, 'Bob'),
    await arrive(meeting_id, 'Cid'),
  ];
  expect(ann).toMatchObject({
    admission: 'manual',
    place: 1,
    board: expect.stringMatching(/^ET[0-9a-f]{32}$/),
  });
  expect([bob.board, cid.board]).toEqual([ann.board, ann.board]);
  expect([ann.before(), bob.before(), cid.before()]).toEqual([0, 1, 2]);
  const [{ guest_id }] = await guests(meeting_id);
  await foyer.ok('/admin/admit', { meeting_id, guest_id });
  await until(() => cid.before() === 1 && bob.before() === 0);
  await foyer.ok('/user/leave-waiting-room', { meeting_id, identity: bob.identity });
  await until(() => cid.before() === 0);
});

test('a message to one is heard by that one alone, with who said it and when', async () => {
  const meeting_id = await create();
  const [ann, bob] = [await arrive(meeting_id, 'Ann'), await arrive(meeting_id, 'Bob')];
  const [{ guest_id }] = await guests(meeting_id);
  const parameters = { meeting_id, guest_id, text: '  You are next.  ', name: 'Dr. Lee' };
  const sent = await foyer.ok('/admin/message', parameters);
  expect(sent).toEqual({ meeting_id, guest_id, text: 'You are next.', sent_at: expect.any(String) });
  await until(() => ann.heard().length > 0);
  expect(ann.own.data).toEqual({
    state: 'waiting',
    messages: [{ text: 'You are next.', sent_at: sent.sent_at, from: 'Dr. Lee' }],
  });
  expect([bob.heard(), bob.heardWithAll()]).toEqual([[], []]);
  const forbidden = { status: 403, code: 54007 };
  await expect(bob.client.document({ id: ann.document, mode: 'open_existing' })).rejects.toMatchObject(
    forbidden,
  );
});

test('a message to all is heard by all, and by whoever comes later', async () => {
  const meeting_id = await create();
  const ann = await arrive(meeting_id, 'Ann');
  const text = 'Ich verspäte mich um ein paar Minuten. “10 分”';
  const sent = await foyer.ok('/admin/message', { meeting_id, all: true, text });
  expect(sent).toEqual({ meeting_id, text, sent_at: expect.any(String) });
  await until(() => ann.heardWithAll().length > 0);
  const bob = await arrive(meeting_id, 'Bob');
  expect([ann.heardWithAll(), bob.heardWithAll(), ann.heard()]).toEqual([[text], [text], []]);
});

test('all of a meeting that admits everybody hear it in the one document that they share', async () => {
  const meeting_id = await create('auto');
  const entered = await foyer.ok('/user/enter-waiting-room', { meeting_id });
  expect(entered).toMatchObject({ admission: 'auto' });
  expect(entered).not.toHaveProperty('board');
  const document = await browsers.document(entered);
  await foyer.ok('/admin/message', { meeting_id, all: 'true', text: 'Soon.' });
  await until(() => 'messages' in document.data);
  expect(document.data).toEqual({
    state: 'waiting',
    messages: [{ text: 'Soon.', sent_at: expect.any(String) }],
  });
  const one = await foyer.call('/admin/message', { meeting_id, guest_id: 'g1', text: 'Soon.' });
  expect(one).toMatchObject({
    status: 403,
    text: expect.stringMatching(/^Error: .*Send the message to all\.$/),
  });
});

test('the board names nobody, and a guest can change nothing of it', async () => {
  const meeting_id = await create();
  const ann = await arrive(meeting_id, 'Ann');
  await arrive(meeting_id, 'Bob');
  for (const { guest_id } of await guests(meeting_id))
    await foyer.ok('/admin/admit', { meeting_id, guest_id });
  await until(() => boardIn(ann.all).freed.length > 0);
  expect(Object.keys(ann.all.data)).toEqual(['freed']);
  const forbidden = { status: 403, code: 54007 };
  await expect(ann.all.set({ freed: [] })).rejects.toMatchObject(forbidden);
  await expect(ann.all.update({ messages: [{ text: 'forged' }] })).rejects.toMatchObject(forbidden);
  await expect(ann.all.removeDocument()).rejects.toMatchObject(forbidden);
  const other = await arrive(await create(), 'Cid');
  await expect(other.client.document({ id: ann.board, mode: 'open_existing' })).rejects.toMatchObject(
    forbidden,
  );
  const names = [ann.all.uniqueName, `board.${ann.document}`, `arrivals.${ann.board}`];
  for (const id of names) {
    await Promise.allSettled([
      other.client.document({ id, mode: 'create_new', data: { freed: [1, 99] } }),
      other.client.list({ id, mode: 'create_new' }),
    ]);
  }
  expect((await arrive(meeting_id, 'Dan')).before()).toBe(0);
});

test('the host sees who may be away, and watches it live; the guest’s ticket says it, nobody else’s', async () => {
  const meeting_id = await create();
  const ann = await arrive(meeting_id, 'Ann');
  const { map } = await foyer.ok('/admin/waiting-room', { meeting_id }).then(async (watching) => ({
    map: await browsers.map(watching),
  }));
  const [{ guest_id }] = await guests(meeting_id);
  const attend = (identity: string, presence?: string) =>
    foyer.call('/user/still-here', { meeting_id, identity, ...(presence && { presence }) });
  expect(await attend(ann.identity, 'away')).toMatchObject({
    status: 200,
    json: { meeting_id, presence: 'away' },
  });
  const listed = async () => (await map.get(guest_id)).data as { away_since?: string };
  await until(async () => (await listed()).away_since !== undefined);
  expect(await guests(meeting_id)).toMatchObject([
    { name: 'Ann', state: 'waiting', away_since: expect.any(String) },
  ]);
  expect(await attend(ann.identity)).toMatchObject({ json: { presence: 'here' } });
  await until(async () => (await listed()).away_since === undefined);
  expect((await guests(meeting_id))[0]).not.toHaveProperty('away_since');
  for (const none of [guest_id, `${ann.identity}x`, 'x']) {
    expect(await attend(none, 'away')).toMatchObject({
      status: 403,
      text: expect.stringMatching(/^Error: this identity is not valid/),
    });
  }
});

test('too many messages at once are refused with the time to wait', async () => {
  const meeting_id = await create();
  const replies = [];
  for (let sent = 0; sent < 40; sent += 1) {
    replies.push(await foyer.call('/admin/message', { meeting_id, all: true, text: `${sent}` }));
  }
  const refused = replies.find(({ status }) => status !== 200);
  expect(refused).toMatchObject({
    status: 429,
    text: expect.stringMatching(/^Error: too many messages were sent just now\. Try again in \d+ seconds\.$/),
    headers: { 'retry-after': expect.stringMatching(/^\d+$/) },
  });
});
