/** Status callbacks as a receiver sees them; signatures are checked by the vendor's own SDK. */
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { validateRequest } from 'twilio';
import { ManualClock } from '../../emulator/twilio/clock';
import { CREDENTIALS, startEmulator, type Emulated } from './twilio-video-account';

interface Received {
  readonly method: string;
  readonly params: Record<string, string>;
  readonly signed: boolean;
}

let clock: ManualClock;
let video: Emulated;
let receiver: Server;
let callback: string;
let received: Received[];

beforeEach(async () => {
  clock = new ManualClock();
  video = await startEmulator({ clock });
  received = [];
  receiver = createServer((request, response) => {
    void (async () => {
      const body = Buffer.concat(await request.toArray()).toString();
      const url = `http://${request.headers.host}${request.url}`;
      const form = Object.fromEntries(new URLSearchParams(body));
      const isGet = request.method === 'GET';
      const signature = String(request.headers['x-twilio-signature']);
      received.push({
        method: request.method ?? '',
        params: isGet ? Object.fromEntries(new URL(url).searchParams) : form,
        signed: validateRequest(CREDENTIALS.authToken, signature, url, isGet ? {} : form),
      });
      receiver.emit('received');
      response.end();
    })();
  }).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  callback = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook?room=1`;
});

afterEach(async () => {
  await video.emulator.close();
  receiver.closeAllConnections();
  receiver.close();
});

async function receive(count: number): Promise<Received[]> {
  while (received.length < count) await once(receiver, 'received');
  return received;
}

test.each(['POST', 'GET'] as const)('a room tells its life by signed %s, in order', async (method) => {
  const room = await video.rooms.create({
    uniqueName: 'standup',
    statusCallback: callback,
    statusCallbackMethod: method,
  });
  clock.advance(60_000);
  await video.rooms(room.sid).update({ status: 'completed' });
  const [created, ended] = await receive(2);
  const common = {
    AccountSid: CREDENTIALS.accountSid,
    RoomSid: room.sid,
    RoomName: 'standup',
    RoomType: 'group',
    Timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  };
  expect(created).toMatchObject({
    method,
    signed: true,
    params: {
      ...common,
      StatusCallbackEvent: 'room-created',
      RoomStatus: 'in-progress',
      SequenceNumber: '0',
    },
  });
  expect(ended).toMatchObject({
    method,
    signed: true,
    params: {
      ...common,
      StatusCallbackEvent: 'room-ended',
      RoomStatus: 'completed',
      RoomDuration: '60',
      SequenceNumber: '1',
    },
  });
});

test('a receiver that is slow still gets one room’s callbacks one after the other', async () => {
  receiver.removeAllListeners('request');
  const open: string[] = [];
  let most = 0;
  receiver.on('request', (request, response) => {
    open.push(request.url ?? '');
    most = Math.max(most, open.length);
    request.resume().on('end', () =>
      setTimeout(() => {
        open.pop();
        received.push({ method: '', params: {}, signed: true });
        response.end();
        receiver.emit('received');
      }, 20),
    );
  });
  const room = await video.rooms.create({ statusCallback: callback });
  await video.rooms(room.sid).update({ status: 'completed' });
  await receive(2);
  expect(most).toBe(1);
});

test('a dead receiver delays nobody, and is named in the log', async () => {
  const room = await video.rooms.create({ statusCallback: 'http://127.0.0.1:1/hook' });
  await video.rooms(room.sid).update({ status: 'completed' });
  const fresh = await video.rooms.create({ statusCallback: callback });
  const [created] = await receive(1);
  expect(created?.params['RoomSid']).toBe(fresh.sid);
  expect(video.log).toContainEqual(expect.stringContaining('http://127.0.0.1:1/hook'));
});

test('a receiver that never answers does not keep the emulator from closing', async () => {
  receiver.removeAllListeners('request');
  receiver.on('request', () => receiver.emit('received'));
  const arrived = once(receiver, 'received');
  await video.rooms.create({ statusCallback: callback });
  await arrived;
  await video.emulator.close();
});
