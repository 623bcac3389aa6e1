/** Calls and time, and devices that come and go: deadlines, graces, what was missed, who is online. */
import { CallsOnRuntime, someone } from '../support/calls-on-runtime';
import { person, type Phone, type SyncPhone } from '../support/live-phones';
import { until } from '../support/sync-clients';

let world: CallsOnRuntime;
beforeAll(async () => {
  world = await CallsOnRuntime.start();
});
afterEach(() => world.clear());
afterAll(() => world.close());

describe('time decides', () => {
  test('a call that nobody answers is missed the moment it is due, whoever looks first', async () => {
    const [ann, ben] = await world.couple('sync', 'sync');
    const looks: readonly ((id: string) => Promise<unknown>)[] = [
      (id) => world.info(id),
      (id) => world.end(id, ann.user.id),
      (id) => world.answer(id, 'ACCEPT'),
      () => world.start(ben.user.id, ann.user.id),
    ];
    for (const look of looks) {
      const { id } = await world.start(ann.user.id, ben.user.id);
      await ben.hears('INCOMING_CALL', id);
      world.foyer.clock.advance(35_000);
      expect(await world.info(id)).toMatchObject({ status: 'DIALLING' });
      world.foyer.clock.advance(10_000);
      await look(id);
      for (const phone of [ann, ben]) {
        expect(await phone.hears('END_CALL', id)).toMatchObject({ id, status: 'MISSED' });
      }
      const { json } = await world.foyer.call('/calls/info', { callId: id });
      expect(json).toMatchObject({ status: 'MISSED' });
      // What the last look began.
      const { heard } = ben;
      const begun = heard.findLast(({ type }) => type === 'INCOMING_CALL')?.call.id ?? id;
      if (begun !== id) await world.end(begun, ann.user.id);
    }
  });

  test('sockets see it within two seconds, though nobody looks', async () => {
    world.foyer.environment['RING_TIMEOUT_SECONDS'] = '1';
    const [ann, ben] = await world.couple('socket', 'socket');
    const { id, expiresAt } = await world.start(ann.user.id, ben.user.id);
    const missed = await Promise.all([ann.hears('END_CALL', id), ben.hears('END_CALL', id)]);
    expect(Date.now() - Date.parse(expiresAt ?? '')).toBeLessThan(2_000);
    for (const call of missed) expect(call).toMatchObject({ status: 'MISSED' });
  });

  test('a party on Sync whose last device is gone has the grace to come back', async () => {
    world.foyer.environment['RING_TIMEOUT_SECONDS'] = '600';
    const graceOver = (): void => world.foyer.clock.advance(11_000);
    // Sync waits a few seconds before it says that somebody has gone.
    const offline = ({ user }: Phone): Promise<void> =>
      until(async () => {
        world.foyer.clock.advance(1_000);
        return !(await world.online()).includes(user.id);
      });
    for (const state of ['DIALLING', 'ONGOING']) {
      const [ann, ben] = await world.couple('sync', 'sync');
      const { id } =
        state === 'ONGOING'
          ? await world.ongoing(ann.user.id, ben.user.id)
          : await world.start(ann.user.id, ben.user.id);
      await ben.vanish();
      await offline(ben);
      expect(await world.info(id)).toMatchObject({ status: state });
      const back = await world.sync(ben.user.id);
      graceOver();
      expect(await world.info(id)).toMatchObject({ status: state });
      await back.vanish();
      await offline(ben);
      graceOver();
      expect(await world.info(id)).toMatchObject({ status: 'ENDED' });
      expect(await ann.hears('END_CALL', id)).toMatchObject({ status: 'ENDED' });
    }
  });

  test('of sockets, too, and nobody has to look', async () => {
    world.foyer.environment['CALL_GRACE_SECONDS'] = '1';
    const [ann, ben] = await world.couple('socket', 'socket');
    const { id } = await world.ongoing(ann.user.id, ben.user.id);
    await ben.vanish();
    expect(await ann.hears('END_CALL', id)).toMatchObject({ status: 'ENDED' });
  });

  test('one of several devices may go at any time', async () => {
    const [ann, ben] = await world.couple('sync', 'sync');
    const other = await world.socket(ben.user.id);
    const { id } = await world.ongoing(ann.user.id, ben.user.id);
    await ben.vanish();
    world.foyer.clock.advance(15_000);
    expect(await world.info(id)).toMatchObject({ status: 'ONGOING' });
    expect(other.types({ id })).toContain('ACCEPT_CALL');
  });
});

describe('a device that comes while it rings learns of it, once', () => {
  test.each(['sync', 'socket'] as const)('by %s', async (kind) => {
    const [ann, ben] = await world.couple('sync', 'socket');
    const call = await world.start(ann.user.id, ben.user.id);
    await ben.vanish();
    const back = await world.device(kind, ben.user.id);
    if (kind === 'socket') expect(await back.hears('INCOMING_CALL', call.id)).toEqual(call);
    else await until(() => (back as SyncPhone).shown?.id === call.id);
    await world.answer(call.id, 'ACCEPT');
    await back.hears('ACCEPT_CALL', call.id);
    expect(back.heard.map(({ id }) => id)).toEqual([...new Set(back.heard.map(({ id }) => id))]);
  });
});

describe('a device that was away for a moment learns what it missed, once', () => {
  test('a socket that says what it had last', async () => {
    const [ann, ben] = await world.couple('sync', 'socket');
    const call = await world.start(ann.user.id, ben.user.id);
    await ben.hears('INCOMING_CALL', call.id);
    const last = ben.heard.at(-1)?.id ?? '';
    await ben.vanish();
    await world.end(call.id, ann.user.id);
    const query = `last_event_id=${encodeURIComponent(last)}`;
    const back = await world.socket(ben.user.id, world.foyer.origin, {}, query);
    expect(await back.hears('END_CALL', call.id)).toMatchObject({ status: 'ENDED' });
    expect(back.heard.map(({ type }) => type)).toEqual(['END_CALL']);
    const again = await world.socket(
      ben.user.id,
      world.foyer.origin,
      {},
      `last_event_id=${encodeURIComponent(back.heard[0]?.id ?? '')}`,
    );
    const next = await world.start(ann.user.id, ben.user.id);
    await again.hears('INCOMING_CALL', next.id);
    expect(again.heard).toHaveLength(1);
  });

  test('a browser whose connection broke, and a gateway whose own did', async () => {
    const [ann, ben] = await world.couple('socket', 'sync');
    world.foyer.sync.killConnections();
    const call = await world.ongoing(ann.user.id, ben.user.id);
    await Promise.all([ann, ben].map((phone) => phone.hears('ACCEPT_CALL', call.id)));
    expect(ben.types(call)).toEqual(['INCOMING_CALL', 'ACCEPT_CALL']);
    expect(ann.types(call)).toEqual(['ACCEPT_CALL']);
    await until(() => (ben as SyncPhone).shown?.status === 'ONGOING');
  });
});

describe('/users', () => {
  test('are those online, as they introduced themselves, each once', async () => {
    const [ann, ben] = await world.couple('sync', 'socket');
    await world.socket(ann.user.id);
    await world.sync(ben.user.id);
    const users = await world.foyer.call('/users', {}, { as: 'query' });
    expect([users.status, users.headers['content-type']]).toEqual([200, 'application/json; charset=utf-8']);
    const ours = users.json.filter(({ id }: { id: string }) => [ann.user.id, ben.user.id].includes(id));
    expect(ours).toHaveLength(2);
    expect(ours).toEqual(expect.arrayContaining([person(ann.user.id), person(ben.user.id)]));
  });

  test('come in pages, each behind the last of the page before', async () => {
    const ids = (await Promise.all([1, 2, 3, 4, 5].map(() => world.socket(someone('page'))))).map(
      ({ user }) => user.id,
    );
    const paged: string[] = [];
    for (let after: string | undefined; ; after = paged.at(-1)) {
      const page = { limit: 2, ...(after === undefined ? {} : { after }) };
      const { json } = await world.foyer.call('/users', page, { as: 'query' });
      paged.push(...(json as { id: string }[]).map(({ id }) => id));
      if (json.length === 0) break;
      expect(json.length).toBeLessThanOrEqual(2);
    }
    expect(paged).toEqual([...new Set(paged)]);
    expect(paged).toEqual(expect.arrayContaining(ids));
  });

  test('who says goodbye is offline at once, whose socket closes within a second', async () => {
    const [ann, ben] = await world.couple('sync', 'socket');
    const { identity } = (ann as SyncPhone).access;
    await world.foyer.ok('/users/disconnect', { id: ann.user.id, identity });
    expect(await world.online()).not.toContain(ann.user.id);
    await ben.vanish();
    const since = performance.now();
    await until(async () => !(await world.online()).includes(ben.user.id));
    expect(performance.now() - since).toBeLessThan(1_000);
  });
});
