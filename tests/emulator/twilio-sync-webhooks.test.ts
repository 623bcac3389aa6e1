/** What a service's webhook hears, of objects and of who is connected. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import twilio from 'twilio';
import { ManualClock } from '../../emulator/twilio/clock';
import { CREDENTIALS, mintToken, startSync, type SyncWorld } from './twilio-sync-world';
import { openSocket } from './twilio-sync-wire';

type Hook = Record<string, string>;

let clock: ManualClock;
let world: SyncWorld;
let receiver: Server;
let url: string;
let heard: Hook[];
let listeners: (() => void)[];

beforeEach(async () => {
  heard = [];
  listeners = [];
  clock = new ManualClock();
  world = await startSync({ clock });
  receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const params = Object.fromEntries(new URLSearchParams(body));
      const signature = String(request.headers['x-twilio-signature']);
      const genuine = twilio.validateRequest(CREDENTIALS.authToken, signature, url, params);
      heard.push(genuine ? params : { EventType: 'FORGED' });
      response.end();
      for (const listener of listeners) listener();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook?room=1`;
});
afterEach(async () => {
  await world.close();
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
});

async function until(eventType: string, count = 1): Promise<Hook> {
  const matching = (): Hook[] => heard.filter(({ EventType }) => EventType === eventType);
  while (matching().length < count) await new Promise<void>((resolve) => listeners.push(resolve));
  return matching()[count - 1] as Hook;
}

const types = (): (string | undefined)[] => heard.map(({ EventType }) => EventType);

test('changes by a client are told, signed, with who made them', async () => {
  const service = await world.service({ webhookUrl: url });
  const { sid } = await service.fetch();
  const client = world.client('ada', sid);
  const document = await client.document({ id: 'board', mode: 'create_new', data: { n: 0 } });
  expect(await until('document_created')).toMatchObject({
    AccountSid: CREDENTIALS.accountSid,
    ServiceSid: sid,
    Identity: 'ada',
    DocumentSid: document.sid,
    DocumentUniqueName: 'board',
    DocumentRevision: '0',
    DocumentData: '{"n":0}',
    EndpointId: expect.stringMatching(/./),
  });
  await document.set({ n: 1 });
  expect(await until('document_updated')).toMatchObject({ DocumentData: '{"n":1}', DocumentRevision: '1' });
  await document.removeDocument();
  expect(await until('document_removed')).not.toHaveProperty('DocumentData');
  const map = await client.map('guests');
  await map.set('ada', { seat: 1 });
  expect(await until('map_item_added')).toMatchObject({
    MapSid: map.sid,
    ItemKey: 'ada',
    ItemData: '{"seat":1}',
    ItemRevision: '0',
    EventId: '1',
  });
  const stream = await client.stream('news');
  await stream.publishMessage({ hi: 1 });
  expect(await until('stream_message_published')).toMatchObject({
    StreamSid: stream.sid,
    MessageData: '{"hi":1}',
  });
});

test('changes by REST are told only where the service wants them', async () => {
  const quiet = await world.service({ webhookUrl: url });
  await quiet.documents.create({ uniqueName: 'unheard' });
  const loud = await world.service({ webhookUrl: url, webhooksFromRestEnabled: true });
  await loud.documents.create({ uniqueName: 'heard' });
  const hook = await until('document_created');
  expect(hook).toMatchObject({ Identity: 'system', DocumentUniqueName: 'heard' });
  expect(hook).not.toHaveProperty('EndpointId');
  expect(heard).toHaveLength(1);
});

describe('who is connected', () => {
  const reachable = (settings: object = {}) =>
    world.service({ webhookUrl: url, reachabilityWebhooksEnabled: true, ...settings });
  const connect = async (identity: string, sid: string, more: object = {}) => {
    const socket = await openSocket(world.socketUrl);
    await socket.init(mintToken(identity, sid), more);
    return socket;
  };

  test('is told on connecting and disconnecting, and not unless asked for', async () => {
    const silent = await world.service({ webhookUrl: url });
    (await connect('nobody', (await silent.fetch()).sid)).close();
    const { sid } = await (await reachable()).fetch();
    const socket = await connect('ada', sid);
    const connected = await until('endpoint_connected');
    expect(connected).toMatchObject({ Identity: 'ada', ServiceSid: sid });
    socket.close();
    expect(await until('endpoint_disconnected')).toEqual({
      ...connected,
      EventType: 'endpoint_disconnected',
    });
    expect(heard).toHaveLength(2);
  });

  test('debounced, is told once the last connection of an identity has been gone for the window', async () => {
    const settings = { reachabilityDebouncingEnabled: true, reachabilityDebouncingWindow: 3000 };
    const { sid } = await (await reachable(settings)).fetch();
    const phone = await connect('ada', sid);
    const laptop = await connect('ada', sid);
    await until('endpoint_connected', 2);
    phone.close();
    await phone.closed;
    laptop.close();
    await laptop.closed;
    // The server sees the sockets go a moment later than they do.
    const witness = await connect('witness', sid);
    await until('endpoint_connected', 3);
    clock.advance(2999);
    const back = await connect('ada', sid);
    await until('endpoint_connected', 4);
    clock.advance(60_000);
    expect(types()).not.toContain('endpoint_disconnected');
    back.close();
    await back.closed;
    // The server may see the socket go only after another's request.
    while (!types().includes('endpoint_disconnected')) {
      await witness.request('GET', '/v3/Documents/none');
      clock.advance(3000);
    }
    expect(await until('endpoint_disconnected')).toMatchObject({ Identity: 'ada' });
    expect(types().filter((type) => type === 'endpoint_disconnected')).toHaveLength(1);
    witness.close();
  });

  test('a client that reconnects keeps its endpoint id', async () => {
    const { sid } = await (await reachable()).fetch();
    const first = await connect('ada', sid);
    const token = first.received[0]?.header['continuation_token'];
    const { EndpointId } = await until('endpoint_connected');
    first.close();
    const second = await connect('ada', sid, { continuation_token: token });
    expect((await until('endpoint_connected', 2))['EndpointId']).toBe(EndpointId);
    const thief = await connect('eve', sid, { continuation_token: token });
    expect((await until('endpoint_connected', 3))['EndpointId']).not.toBe(EndpointId);
    second.close();
    thief.close();
  });
});
