/** What each request about calls costs in calls to the vendor: the bill, and the latency. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import { listUsers } from '../../src/app/list-users';
import { newCall } from '../../src/domain/call';
import { callers, type Gateway } from '../support/callers';
import { twilioCallsWorld, type TwilioCallsWorld } from '../support/twilio-calls-world';
import { Wire } from '../support/wire';

/** Of calls, lines, users and gateways. */
const ALL_MAPS = 32 + 32 + 16 + 1;

describe('upstream budgets of calls', () => {
  let wire: Wire;
  let world: TwilioCallsWorld;
  let a: ReturnType<typeof callers>;
  let gateway: Gateway;
  beforeAll(async () => {
    wire = new Wire();
    world = await twilioCallsWorld({ through: (origin) => wire.to(origin), limits: 'off' });
    a = callers(world);
    gateway = await a.gateway();
    await makeMaps();
  });
  afterAll(async () => {
    await wire.close();
    await world.close();
  });
  beforeEach(() => a.renew(gateway));

  /** The maps of records are made once in the life of a service, by the first record in each. */
  const makeMaps = async (): Promise<void> => {
    const { calls, lines } = world.services();
    const service = world.twilio.vendor.sync.v1.services(world.twilio.environment['SYNC_SERVICE_SID'] ?? '');
    while ((await service.syncMaps.list()).length < ALL_MAPS) {
      for (let count = 0; count < 50; count += 1) {
        const id = await person();
        const user = { id, name: id, location: '' };
        await calls.create(newCall(user, user, world.now(), 1_000));
        await lines.replace({ userId: id }, { userId: id });
      }
    }
  };

  let people = 0;
  const person = async (): Promise<string> => {
    const id = `person ${(people += 1)}`;
    await a.connect(id, gateway);
    return id;
  };
  const two = async (): Promise<[string, string]> => [await person(), await person()];

  /** How often `request` reads and writes, by what. */
  const cost = async (request: () => Promise<unknown>): Promise<Record<string, number>> => {
    wire.clear();
    await request();
    const counts: Record<string, number> = {};
    for (const call of wire.calls) {
      const [verb = '', path = ''] = call.split(' ');
      const [, collection = ''] = /\/(Maps|Lists|Documents|Rooms)/.exec(path) ?? [];
      const part = path.includes('/Permissions/') ? '/Permissions' : '';
      const name = `${verb} ${collection}${part}`;
      counts[name] = (counts[name] ?? 0) + 1;
    }
    return counts;
  };
  const read = (times: number) => ({ 'GET Maps': times });

  test('a socket connects: 2 reads, 1 write; with a call going on 3 reads more', async () => {
    expect(await cost(() => a.connect('newcomer', gateway))).toEqual({ ...read(2), 'POST Maps': 1 });
    expect(await cost(() => a.connect('newcomer', gateway, 'again'))).toEqual({ ...read(2), 'POST Maps': 1 });
    const [ann, bob] = await two();
    await a.start(ann, bob);
    expect(await cost(() => a.connect(bob, gateway, 'again'))).toEqual({ ...read(5), 'POST Maps': 1 });
  });

  test('a socket closes: 1 read, 1 write; the last one 1 read more', async () => {
    const ann = await person();
    await a.connect(ann, gateway, 'another');
    expect(await cost(() => a.disconnect(ann, gateway))).toEqual({ ...read(1), 'POST Maps': 1 });
    expect(await cost(() => a.disconnect(ann, gateway, 'another'))).toEqual({ ...read(2), 'POST Maps': 1 });
  });

  test('a gateway renews its lease: 1 read, 1 write', async () => {
    expect(await cost(() => a.renew(gateway))).toEqual({ ...read(1), 'POST Maps': 1 });
  });

  test('placing a call: 6 reads, 4 writes of records, 1 message', async () => {
    const [ann, bob] = await two();
    expect(await cost(() => a.start(ann, bob))).toEqual({ ...read(6), 'POST Maps': 4, 'POST Lists': 1 });
  });

  test('what rings is sent before what is read beside it', async () => {
    const [ann, bob] = await two();
    const { host } = new URL(world.twilio.environment['SYNC_API_URL'] ?? '');
    const sent: string[] = [];
    const note = (event: unknown): void => {
      const { request } = event as { request: ClientRequest };
      // What the wire passes on goes elsewhere.
      if (request.getHeader('host') !== host) return;
      sent.push(`${request.method} ${/\/(Maps|Lists)/.exec(request.path)?.[1]}`);
    };
    subscribe('http.client.request.start', note);
    await a.start(ann, bob);
    unsubscribe('http.client.request.start', note);
    expect(sent.slice(-4)).toEqual(['POST Lists', 'GET Maps', 'GET Maps', 'POST Maps']);
  });

  test('a call to somebody offline: 4 reads, 1 write', async () => {
    const ann = await person();
    expect(await cost(() => a.start(ann, 'nobody'))).toEqual({ ...read(4), 'POST Maps': 1 });
  });

  test('accepting: 5 reads, 2 writes, 1 message for both sides', async () => {
    const [ann, bob] = await two();
    const { id } = await a.start(ann, bob);
    expect(await cost(() => a.answer(id, 'ACCEPT'))).toEqual({ ...read(5), 'POST Maps': 2, 'POST Lists': 1 });
  });

  test('declining, and hanging up while it rings: 7 reads, 4 writes, 1 message', async () => {
    const [ann, bob] = await two();
    const first = await a.start(ann, bob);
    const budget = { ...read(7), 'POST Maps': 4, 'POST Lists': 1 };
    expect(await cost(() => a.answer(first.id, 'DECLINE'))).toEqual(budget);
    const second = await a.start(ann, bob);
    expect(await cost(() => a.end(second.id, ann))).toEqual(budget);
  });

  test('ending an answered call: its room is closed as well', async () => {
    const [ann, bob] = await two();
    const { id } = await a.start(ann, bob);
    await a.answer(id, 'ACCEPT');
    const { 'POST Rooms': closing = 0, 'GET Rooms': looking = 0, ...rest } = await cost(() => a.end(id, bob));
    expect(rest).toEqual({ ...read(7), 'POST Maps': 4, 'POST Lists': 1 });
    expect(closing + looking).toBeLessThanOrEqual(2);
  });

  test('looking at a call: 3 reads while it is live, 1 once it is over', async () => {
    const [ann, bob] = await two();
    const { id } = await a.start(ann, bob);
    expect(await cost(() => a.show(id))).toEqual(read(3));
    expect(await cost(() => a.check(id))).toEqual(read(3));
    await a.end(id, ann);
    expect(await cost(() => a.show(id))).toEqual(read(1));
  });

  test('whoever is on the push channel costs 1 item, and 1 read and 1 write of the document', async () => {
    const [ann, bob] = [await person(), `browser ${(people += 1)}`];
    await a.open(bob);
    expect(await cost(() => a.start(ann, bob))).toEqual({
      ...read(6),
      'POST Maps': 4,
      // Its gateway is to look at the call of the caller at the deadline.
      'POST Lists': 2,
      'GET Documents': 1,
      'POST Documents': 1,
    });
  });

  test('a browser connects: 4 calls for its list and document, beside 2 reads and 1 write', async () => {
    const bob = `browser ${(people += 1)}`;
    expect(await cost(() => a.open(bob))).toEqual({
      ...read(2),
      'POST Maps': 1,
      'POST Lists': 1,
      'POST Documents': 1,
      'POST Lists/Permissions': 1,
      'POST Documents/Permissions': 1,
    });
    const pass = await a.open(bob);
    expect(await cost(() => a.open(bob, pass.identity))).toEqual({
      ...read(2),
      'POST Maps': 1,
      'POST Lists': 1,
      'POST Documents': 1,
      'POST Lists/Permissions': 1,
      'POST Documents/Permissions': 1,
    });
    expect(await cost(() => a.close(bob, pass))).toEqual({
      ...read(1),
      'POST Maps': 1,
      'DELETE Lists/Permissions': 1,
      'DELETE Documents/Permissions': 1,
    });
  });

  test('the webhook of a browser: 1 read, 1 write; of anybody else’s identity: nothing', async () => {
    const pass = await a.open(`browser ${(people += 1)}`);
    expect(await cost(() => a.webhook(pass, true))).toEqual({ ...read(1), 'POST Maps': 1 });
    expect(await cost(() => a.webhook(pass, true))).toEqual(read(1));
    expect(await cost(() => a.webhook({ ...pass, identity: 'guest.1.g1.0.' }, false))).toEqual({});
  });

  test('who is online: 16 reads for the first thousand', async () => {
    expect(await cost(() => listUsers(world.services(), {}))).toEqual(read(16));
    const { 'GET Maps': reads } = await cost(() => listUsers(world.services(), { limit: 20 }));
    expect(reads).toBeLessThanOrEqual(16);
  });
});
