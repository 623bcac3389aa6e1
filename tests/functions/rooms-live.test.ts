/** Rooms over WebSockets, as seed 003 has them: front port, built functions, Sync's mailboxes, 100ms' webhooks. */
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { type Runtime, startRuntime } from '../support/runtime';
import { dropTimers } from '../support/sync-clients';

let foyer: Runtime;
const open: WebSocket[] = [];
beforeAll(async () => {
  foyer = await startRuntime();
});
afterEach(() => {
  for (const socket of open.splice(0)) socket.terminate();
  foyer.restore();
});
afterAll(async () => {
  await foyer.close();
  dropTimers();
});

/** News takes a second at most, as `npm run bench rooms` shows; this is what a busy machine may add. */
const PATIENCE_MS = 15_000;

interface Message {
  readonly event: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A client of the seed: what it was told, in order. */
class Client {
  readonly told: Message[] = [];
  private constructor(readonly socket: WebSocket) {
    socket.on('message', (text: Buffer) => this.told.push(JSON.parse(text.toString()) as Message));
  }
  static async connect(): Promise<Client> {
    const socket = new WebSocket(foyer.origin.replace(/^http/, 'ws'));
    open.push(socket);
    const client = new Client(socket);
    await once(socket, 'open');
    return client;
  }
  say(event: string, data: object): void {
    this.socket.send(JSON.stringify({ event, data }));
  }
  /** @returns the first message that fits */
  async hear(event: string, data: object = {}): Promise<Message> {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      const fits = ({ event: its, data: told }: Message): boolean =>
        its === event && Object.entries(data).every(([name, value]) => told[name] === value);
      const found = this.told.find(fits);
      if (found) return found;
      if (Date.now() > deadline)
        throw new Error(`not heard: ${event} ${JSON.stringify(data)} among ${JSON.stringify(this.told)}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}

const room = async (): Promise<string> =>
  (await foyer.ok('/rooms', { roomName: `room ${Math.random()}` }))['id'] as string;

test('whoever joins is told the room as it is, and everybody in it or watching hears of who joins and leaves', async () => {
  const roomId = await room();
  const [ann, bob, eve] = [await Client.connect(), await Client.connect(), await Client.connect()];
  eve.say('watch', { roomId });
  expect((await eve.hear('room')).data).toEqual({ roomId, participantCount: 0, userIds: [] });
  ann.say('join', { roomId, userId: 'ann' });
  expect((await ann.hear('room')).data).toEqual({ roomId, participantCount: 1, userIds: ['ann'] });
  await eve.hear('update', { roomId, userId: 'ann', action: 'joined' });
  bob.say('join', { roomId, userId: 'bob' });
  for (const one of [ann, eve]) await one.hear('update', { userId: 'bob', action: 'joined' });
  bob.say('leave', { roomId, userId: 'bob' });
  for (const one of [ann, eve]) await one.hear('update', { userId: 'bob', action: 'left' });
  const late = await Client.connect();
  late.say('watch', { roomId });
  expect((await late.hear('room')).data).toEqual({ roomId, participantCount: 1, userIds: ['ann'] });
});

test('news of the provider reach those who watch at once', async () => {
  const roomId = await room();
  const eve = await Client.connect();
  eve.say('watch', { roomId });
  await eve.hear('room');
  const { token } = await foyer.ok('/rooms/token', { roomId, role: 'guest', userId: 'ann' });
  const ann = foyer.hms.join(String(token), 'Ann');
  await eve.hear('update', { roomId, userId: 'ann', action: 'joined' });
  ann.leave();
  await eve.hear('update', { roomId, userId: 'ann', action: 'left' });
});

test('a lost socket is a leave after the grace; one who is back in time never left', async () => {
  // Long enough for a busy machine to be back in time.
  foyer.environment['LEAVE_GRACE_SECONDS'] = '4';
  const roomId = await room();
  const [ann, bob, eve] = [await Client.connect(), await Client.connect(), await Client.connect()];
  ann.say('join', { roomId, userId: 'ann' });
  bob.say('join', { roomId, userId: 'bob' });
  await Promise.all([ann.hear('room'), bob.hear('room')]);
  eve.say('watch', { roomId });
  await eve.hear('room', { participantCount: 2 });
  ann.socket.terminate();
  bob.socket.terminate();
  const back = await Client.connect();
  back.say('join', { roomId, userId: 'bob' });
  await back.hear('room', { participantCount: 2 });
  await eve.hear('update', { userId: 'ann', action: 'left' });
  expect(eve.told.filter(({ data }) => data['userId'] === 'bob')).toEqual([]);
});

test('a room that there is not is refused in words', async () => {
  const ann = await Client.connect();
  ann.say('join', { roomId: 'none', userId: 'ann' });
  expect((await ann.hear('error')).data).toEqual({
    message: expect.stringContaining('no such room') as string,
  });
});
