/** People's sockets: who is let in, what they are told, and what the functions hear of them. */
import { dropTimers } from '../support/sync-clients';
import { Device, until } from './device';
import { type GatewayUnderTest, startGateway } from './live-gateway';
import { GATEWAY_SECRET, SpokenFunctions } from './spoken-functions';

let functions: SpokenFunctions;
let gateway: GatewayUnderTest;

beforeAll(async () => {
  functions = await SpokenFunctions.start();
  gateway = await startGateway(functions.origin);
});
afterAll(async () => {
  await gateway.close();
  await functions.close();
  dropTimers();
});
beforeEach(() => {
  functions.asked.length = 0;
  functions.answers.clear();
});

const connect = (query: string, options = {}): Promise<Device> =>
  Device.connect(gateway.origin, query, options);
const event = (call: string, n: number, more: object = {}) => ({
  id: `${call}:${n}`,
  type: 'INCOMING_CALL',
  ...more,
});
const toUsers = (users: string[], message: object) => functions.post({ to: { users }, message });

describe('a socket that opens', () => {
  test('was announced with what its address says, and with its own credentials', async () => {
    const device = await connect('?name=Ann%20A.&id=ann&location=Nairobi+-+Kenya', {
      headers: { authorization: 'Bearer of-ann', 'x-forwarded-for': '203.0.113.7' },
    });
    expect(device.isOpen).toBe(true);
    const [asked] = functions.at('/gateway/connect');
    expect(asked?.body).toEqual({
      gateway: functions.gateways[0],
      socket: expect.stringMatching(/^\w+$/),
      id: 'ann',
      name: 'Ann A.',
      location: 'Nairobi - Kenya',
    });
    expect(asked?.headers).toMatchObject({
      authorization: 'Bearer of-ann',
      'x-foyer-gateway': GATEWAY_SECRET,
      'x-foyer-client': '203.0.113.7',
      'x-foyer-origin': gateway.origin,
    });
  });

  test('may carry its token in the address, which goes no further', async () => {
    await connect('?id=ann&access_token=in.the.query');
    const [asked] = functions.at('/gateway/connect');
    expect(asked?.headers.authorization).toBe('Bearer in.the.query');
    expect(JSON.stringify([asked?.path, asked?.body, gateway.reports])).not.toContain('in.the.query');
  });

  test('is told first what the functions answer, then what came meanwhile, and nothing twice', async () => {
    functions.answers.set('/gateway/connect', async () => {
      await toUsers(['bob'], event('call-1', 1));
      await toUsers(['bob'], event('call-1', 2));
      await new Promise((resolve) => setTimeout(resolve, 100));
      return { json: { events: [event('call-1', 1, { first: true })], checks: [] } };
    });
    const device = await connect('?id=bob');
    await device.hears(({ id }) => id === 'call-1:2');
    expect(device.told).toEqual([event('call-1', 1, { first: true }), event('call-1', 2)]);
  });

  test('and closes is reported within a second, all its fellows in one request', async () => {
    const devices = await Promise.all(['a', 'b', 'c'].map((id) => connect(`?id=${id}`)));
    const closedAt = Date.now();
    for (const { socket } of devices) socket.close();
    const asked = await until(() => functions.at('/gateway/disconnect')[0]);
    expect(asked.at).toBeLessThan(closedAt + 1000);
    expect(asked.body.sockets.map(({ id }: { id: string }) => id).toSorted()).toEqual(['a', 'b', 'c']);
  });
});

describe('news', () => {
  test('reaches every device of those it is for, and nobody else', async () => {
    const [phone, laptop, other] = await Promise.all([
      connect('?id=carl'),
      connect('?id=carl'),
      connect('?id=dora'),
    ]);
    await toUsers(['carl'], event('call-2', 1));
    await toUsers(['carl', 'dora'], event('call-3', 1));
    await Promise.all([phone, laptop, other].map((device) => device?.hears(({ id }) => id === 'call-3:1')));
    expect(phone?.told).toEqual([event('call-2', 1), event('call-3', 1)]);
    expect(laptop?.told).toEqual(phone?.told);
    expect(other?.told).toEqual([event('call-3', 1)]);
  });

  test('of one call is told in order: what comes late or again is dropped', async () => {
    const device = await connect('?id=erin');
    for (const n of [2, 1, 2, 3, 3]) await toUsers(['erin'], event('call-4', n));
    await toUsers(['erin'], event('call-5', 1));
    await device.hears(({ id }) => id === 'call-5:1');
    expect(device.told.map(({ id }) => id)).toEqual(['call-4:2', 'call-4:3', 'call-5:1']);
  });

  test('that came while Sync was out of reach is told afterwards, once and in order', async () => {
    const device = await connect('?id=fay');
    await toUsers(['fay'], event('call-6', 1));
    await device.hears(({ id }) => id === 'call-6:1');
    functions.sync.killConnections();
    for (const n of [2, 3, 4]) await toUsers(['fay'], event('call-6', n));
    await device.hears(({ id }) => id === 'call-6:4');
    expect(device.told.map(({ id }) => id)).toEqual(['call-6:1', 'call-6:2', 'call-6:3', 'call-6:4']);
  });
});
