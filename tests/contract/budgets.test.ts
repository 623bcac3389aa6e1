/** What each use case costs in calls to the vendor: the bill, and the latency. BEHAVIOUR's budgets are pinned here. */
import { testConnection } from '../../src/app/test-connection';
import { twilioWorld, type TwilioWorld } from '../support/twilio-world';
import { Wire } from '../support/wire';
import { actors } from './waiting-room.contract';

describe('upstream budgets', () => {
  let wire: Wire;
  let world: TwilioWorld;
  let a: ReturnType<typeof actors>;
  beforeAll(async () => {
    wire = new Wire();
    world = await twilioWorld({ through: (origin) => wire.to(origin) });
    a = actors(world);
  });
  afterAll(async () => {
    await wire.close();
    await world.close();
  });

  /** The calls that `request` makes, as `verb resource`. */
  const cost = async (request: () => Promise<unknown>): Promise<string[]> => {
    wire.clear();
    await request();
    return wire.calls.map((call) => {
      const [verb = '', path = ''] = call.split(' ');
      const kinds =
        path.split('?')[0]?.match(/Documents|Maps|Lists|Items|Permissions|Rooms|Participants/g) ?? [];
      return `${verb} ${kinds.at(-1)}`;
    });
  };

  test('creating: 1 write, and 1 for the permission that all guests share', async () => {
    expect(await cost(() => a.create())).toEqual(['POST Documents', 'POST Permissions']);
    expect(await cost(() => a.create({ admission: 'manual' }))).toEqual(['POST Documents']);
  });

  test('entering an auto meeting, also for the first guest and for one who comes back: 1 read', async () => {
    const id = await a.create();
    expect(await cost(() => a.enter(id))).toEqual(['GET Documents']);
    const { ticket } = await a.enter(id);
    expect(await cost(() => a.enter(id, undefined, ticket))).toEqual(['GET Documents']);
  });

  test('a test of the connection: 1 read, and nothing of the provider', async () => {
    const id = await a.create();
    expect(await cost(() => testConnection(world.services(), { client: '' }, { meetingId: id }))).toEqual([
      'GET Documents',
    ]);
  });

  test('entering a manual meeting: 2 reads, 5 writes; coming back: 6 reads, 4 writes, and no number', async () => {
    const id = await a.create({ admission: 'manual' });
    await a.enter(id, 'The first, for whom map, list and board are made');
    expect((await cost(() => a.enter(id, 'Ann'))).toSorted()).toEqual([
      'GET Documents',
      'GET Documents',
      'POST Documents',
      'POST Items',
      'POST Items',
      'POST Permissions',
      'POST Permissions',
    ]);
    const { ticket } = await a.enter(id, 'Bob');
    expect((await cost(() => a.enter(id, undefined, ticket))).toSorted()).toEqual([
      'GET Documents',
      'GET Documents',
      'GET Documents',
      'GET Documents',
      'GET Documents',
      'GET Items',
      'POST Documents',
      'POST Items',
      'POST Permissions',
      'POST Permissions',
    ]);
  });

  test('letting in any number of guests is one write of the queue; nobody who comes writes it', async () => {
    const id = await a.create({ admission: 'manual' });
    const guests = [];
    for (let count = 0; count < 12; count += 1) guests.push(await a.enter(id, `Guest ${count}`));
    const board = guests[0]?.queue?.board ?? '';
    const read = async () => {
      const service = world.vendor.sync.v1.services(world.environment['SYNC_SERVICE_SID'] ?? '');
      return Number((await service.documents(board).fetch()).revision);
    };
    const before = await read();
    expect(before).toBe(0);
    await a.presence(guests[3]?.pass.identity ?? '', true);
    expect(await read()).toBe(before);
    await a.admit(id);
    expect(await read()).toBe(before + 1);
    await a.enter(id, 'Late');
    expect(await read()).toBe(before + 1);
  });

  test('the host’s list reads the queue only where a number is nobody’s, and writes it once', async () => {
    const id = await a.create({ admission: 'manual' });
    const guests = [];
    for (const name of ['Ann', 'Bob', 'Cid', 'Dan']) guests.push(await a.enter(id, name));
    for (const { pass } of guests.slice(1)) await a.presence(pass.identity, true);
    await a.list(id);
    const look = async () => (await cost(() => a.list(id))).toSorted();
    const plain = ['GET Documents', 'GET Items', 'GET Maps', 'POST Permissions'];
    expect(await look()).toEqual(plain);
    // Ann's browser never came.
    world.advance(3 * 60_000);
    expect(await look()).toEqual(
      [...plain, 'GET Documents', 'GET Items', 'GET Documents', 'POST Documents', 'GET Items'].toSorted(),
    );
    expect(await look()).toEqual([...plain, 'GET Documents'].toSorted());
    const bob = (await a.list(id))[0]?.id;
    const admit = await cost(() => a.admit(id, bob));
    // The meeting twice, the guest's record, and the queue.
    expect(admit.filter((call) => call === 'GET Documents')).toHaveLength(4);
  });

  test('a message: to one 1 read and 1 write beside the allowance, to all the same, however many they are', async () => {
    const id = await a.create({ admission: 'manual' });
    for (let count = 0; count < 5; count += 1) await a.enter(id, `Guest ${count}`);
    const [first] = await a.list(id);
    await a.say(id, 'The first takes an allowance that is not there yet.');
    const expected = ['GET Documents', 'GET Documents', 'GET Documents', 'POST Documents', 'POST Documents'];
    expect((await cost(() => a.say(id, 'Hello', first?.id))).toSorted()).toEqual(expected);
    expect((await cost(() => a.say(id, 'Hello'))).toSorted()).toEqual(expected);
    const auto = await a.create();
    for (let guests = 0; guests < 30; guests += 1) await a.enter(auto);
    await a.say(auto, 'Welcome');
    expect((await cost(() => a.say(auto, 'Hello'))).toSorted()).toEqual(expected.slice(1));
  });

  test('a page that says nothing new: 2 reads, and the queue where one is here or away; news: 1 write each', async () => {
    const id = await a.create({ admission: 'manual' });
    const { ticket, pass } = await a.enter(id, 'Ann');
    await a.presence(pass.identity, true);
    const reads = ['GET Documents', 'GET Items'];
    expect(await cost(() => a.attend(id, ticket, 'here'))).toEqual([...reads, 'GET Documents']);
    expect(await cost(() => a.presence(pass.identity, true))).toEqual(reads);
    expect(await cost(() => a.attend(id, ticket, 'hidden'))).toEqual([...reads, 'POST Items']);
    expect(await cost(() => a.attend(id, ticket, 'hidden'))).toEqual(reads);
    expect(await cost(() => a.attend(id, ticket, 'away'))).toEqual([
      ...reads,
      'POST Items',
      'GET Documents',
      'POST Documents',
    ]);
    expect(await cost(() => a.attend(id, ticket, 'away'))).toEqual([...reads, 'GET Documents']);
    const auto = await a.create();
    const guest = await a.enter(auto);
    expect(await cost(() => a.attend(auto, guest.ticket, 'away'))).toEqual(['GET Documents']);
  });

  test('the host’s first join: 3 calls, of which 1 write tells every guest; coming back: 2', async () => {
    const id = await a.create();
    for (let guests = 0; guests < 30; guests += 1) await a.enter(id);
    expect(await cost(() => a.host(id))).toEqual(['GET Documents', 'POST Rooms', 'POST Documents']);
    expect(await cost(() => a.host(id))).toEqual(['GET Documents', 'GET Rooms']);
  });

  test('a guest’s join: 1 read; with manual admission 2 at once', async () => {
    const id = await a.create();
    const { ticket } = await a.enter(id);
    const { roomId } = await a.host(id);
    expect(await cost(() => a.join(id, roomId, ticket))).toEqual(['GET Documents']);

    const manual = await a.create({ admission: 'manual' });
    const guest = await a.enter(manual, 'Ann');
    const host = await a.host(manual);
    await a.admit(manual);
    expect(await cost(() => a.join(manual, host.roomId, guest.ticket))).toEqual([
      'GET Documents',
      'GET Documents',
    ]);
  });

  test('the end: 1 read, 1 write, 1 call to the media server', async () => {
    const id = await a.create();
    await a.host(id);
    expect(await cost(() => a.end(id))).toEqual(['GET Documents', 'POST Documents', 'POST Rooms']);
  });

  test('an explanation: 1 read; with manual admission 3, and the room is looked into once it is open', async () => {
    const auto = await a.create();
    expect(await cost(() => a.explain(auto, 'g1'))).toEqual(['GET Documents']);
    const id = await a.create({ admission: 'manual' });
    await a.enter(id, 'Ann');
    const [ann] = await a.list(id);
    const reads = ['GET Documents', 'GET Documents', 'GET Items'];
    expect((await cost(() => a.explain(id, ann?.id ?? ''))).toSorted()).toEqual(reads);
    await a.host(id);
    expect((await cost(() => a.explain(id, ann?.id ?? ''))).toSorted()).toEqual([
      ...reads,
      'GET Participants',
    ]);
  });

  test('a forged or missing ticket costs no more than a genuine one', async () => {
    const id = await a.create();
    const { roomId } = await a.host(id);
    expect(await cost(() => a.join(id, roomId, 'forged').catch(() => undefined))).toEqual(['GET Documents']);
  });

  test('presence of those who are on no list costs nothing', async () => {
    const id = await a.create();
    const { pass } = await a.enter(id);
    expect(await cost(() => a.presence(pass.identity, true))).toEqual([]);
  });
});
