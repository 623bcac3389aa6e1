/** What the tokens that we hand out open, and what their bearers can do with them: no more than they must. */
import crypto from 'node:crypto';
import { dropTimers, seen, SyncClients } from '../support/sync-clients';
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

const create = async (options: object = {}): Promise<number> =>
  (await foyer.ok('/admin/create', { ...options })).meeting_id;
const enter = (meeting_id: number, more: object = {}) =>
  foyer.ok('/user/enter-waiting-room', { meeting_id, ...more });
const host = (meeting_id: number) => foyer.ok('/admin/join', { meeting_id });
const waitingRoom = (meeting_id: number) => foyer.ok('/admin/waiting-room', { meeting_id });

interface Claims {
  readonly iss: string;
  readonly sub: string;
  readonly iat: number;
  readonly exp: number;
  readonly grants: unknown;
}
const claimsOf = (token: string): Claims =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Claims;

const FORBIDDEN = { status: 403, code: 54007 };
const HOUR = 3600;
const DAY = 24 * HOUR;

describe('a token', () => {
  test('for video opens one room, for one identity, for an hour', async () => {
    const meeting_id = await create();
    const { identity: ticket } = await enter(meeting_id, { name: 'Ann' });
    const asHost = await host(meeting_id);
    const { room_id } = asHost;
    const asGuest = await foyer.ok('/user/join', { meeting_id, room_id, identity: ticket });
    for (const { token, identity } of [asHost, asGuest]) {
      const { grants, iat, exp, iss, sub } = claimsOf(token);
      expect(room_id).toMatch(/^RM[0-9a-f]{32}$/);
      expect(grants).toEqual({ identity, video: { room: room_id } });
      expect(exp - iat).toBe(HOUR);
      expect([iss, sub]).toEqual([foyer.environment['TWILIO_API_KEY'], foyer.environment['ACCOUNT_SID']]);
    }
    expect(asGuest.token).not.toContain(ticket);
  });

  test.each([
    [1, HOUR],
    [24, DAY],
    [168, DAY],
  ])(
    'for Sync names one service, and ends with a meeting of %i hours or after a day',
    async (ttl_hours, seconds) => {
      for (const admission of ['auto', 'manual']) {
        const meeting_id = await create({ admission, ttl_hours });
        const guest = await enter(meeting_id, { name: 'Ann' });
        const watching = await waitingRoom(meeting_id);
        for (const { token } of [guest, watching]) {
          const { grants, iat, exp } = claimsOf(token);
          expect(grants).toEqual({
            identity: expect.any(String),
            data_sync: { service_sid: foyer.environment['SYNC_SERVICE_SID'] },
          });
          expect(exp - iat).toBeLessThanOrEqual(seconds);
          expect(exp - iat).toBeGreaterThan(seconds - 10);
        }
        expect(watching.identity).toBe((claimsOf(watching.token).grants as { identity: string }).identity);
        expect(claimsOf(guest.token).grants).not.toMatchObject({ identity: guest.identity });
      }
    },
  );
});

describe.each(['auto', 'manual'])('a guest of a meeting with admission %s', (admission) => {
  test('reads the document, and can change nothing of it', async () => {
    const meeting_id = await create({ admission });
    const document = await browsers.document(await enter(meeting_id));
    expect(document.data).toEqual({ state: 'waiting' });
    await expect(document.set({ state: 'admitted' })).rejects.toMatchObject(FORBIDDEN);
    await expect(document.update({ room_id: 'RM1' })).rejects.toMatchObject(FORBIDDEN);
    await expect(document.mutate(() => ({ state: 'ended' }))).rejects.toMatchObject(FORBIDDEN);
    await expect(document.setTtl(1)).rejects.toMatchObject(FORBIDDEN);
    await expect(document.removeDocument()).rejects.toMatchObject(FORBIDDEN);
    expect((await enter(meeting_id)).connect_options).toBeDefined();
  });

  test('reads nothing else: no other guest’s document, no host’s list, no other meeting', async () => {
    const meeting_id = await create({ admission });
    const ann = await enter(meeting_id, { name: 'Ann' });
    const others = [
      await enter(await create({ admission: 'auto' })),
      await enter(await create({ admission: 'manual' })),
      ...(admission === 'manual' ? [await enter(meeting_id, { name: 'Bob' })] : []),
    ];
    const { map } = await waitingRoom(meeting_id);
    const { room_id } = await host(meeting_id);
    const client = browsers.connect(ann);
    await client.document({ id: ann.document, mode: 'open_existing' });
    for (const { document } of others) {
      await expect(client.document({ id: document, mode: 'open_existing' })).rejects.toMatchObject(FORBIDDEN);
    }
    await expect(client.map({ id: map, mode: 'open_existing' })).rejects.toMatchObject(FORBIDDEN);
    for (const id of [room_id, String(meeting_id)]) {
      await expect(client.document({ id, mode: 'open_existing' })).rejects.toMatchObject({ status: 404 });
    }
  });
});

test('a host watches the list and can change nothing of it', async () => {
  const meeting_id = await create({ admission: 'manual' });
  await enter(meeting_id, { name: 'Ann' });
  const watching = await waitingRoom(meeting_id);
  const [{ guest_id }] = watching.guests;
  const map = await browsers.map(watching);
  await expect(map.set(guest_id, { state: 'admitted' })).rejects.toMatchObject(FORBIDDEN);
  await expect(map.set('somebody', {})).rejects.toMatchObject(FORBIDDEN);
  await expect(map.remove(guest_id)).rejects.toMatchObject(FORBIDDEN);
  await expect(map.removeMap()).rejects.toMatchObject(FORBIDDEN);
});

/**
 * Sync lets every bearer of a token create objects, ACL or not. A guest who makes objects under all the names
 * that can be seen from a browser must not get in anybody's way.
 */
describe('a guest who takes names', () => {
  type Squatter = ReturnType<SyncClients['connect']>;

  const squat = async (client: Squatter, names: readonly string[]): Promise<number> => {
    const data = { state: 'admitted', room_id: 'RMforged' };
    const takes = names.flatMap((id) => [
      client.document({ id, mode: 'create_new', data }),
      client.map({ id, mode: 'create_new' }),
      client.list({ id, mode: 'create_new' }),
      client.stream({ id, mode: 'create_new' }),
    ]);
    const taken = await Promise.allSettled(takes);
    return taken.filter(({ status }) => status === 'fulfilled').length;
  };

  /** Everything that this guest can see or guess of how things are called. */
  const namesAround = async (
    client: Squatter,
    { meeting_id, document }: { meeting_id: number; document: string },
  ): Promise<string[]> => {
    const { uniqueName } = await client.document({ id: document, mode: 'open_existing' });
    const [, mac] = (uniqueName ?? '').split('.');
    const kinds = ['meeting', 'guest', 'guests', 'meeting-copy', 'allowance'];
    return [
      uniqueName ?? '',
      `meeting-${document}`,
      `lobby.${document}`,
      String(meeting_id),
      ...kinds.flatMap((kind) => [kind, `${kind}.${mac}`, `${kind}.${meeting_id}`, `${kind}.${document}`]),
    ].filter((name) => name !== '' && !/^(ET|MP|ES|TO)[0-9a-f]{32}$/.test(name));
  };

  test.each(['auto', 'manual'])(
    'neither blocks nor forges anything of a live meeting (%s)',
    async (admission) => {
      const meeting_id = await create({ admission });
      const mallory = await enter(meeting_id, { name: 'Mallory' });
      const client = browsers.connect(mallory);
      const names = await namesAround(client, { meeting_id, document: mallory.document });
      expect(await squat(client, names)).toBeGreaterThan(names.length);

      const ann = await enter(meeting_id, { name: 'Ann' });
      const document = await browsers.document(ann);
      expect(document.data).toEqual({ state: 'waiting' });
      const { guests } = await waitingRoom(meeting_id);
      expect(guests.map(({ name }: { name: string }) => name)).toEqual(
        admission === 'manual' ? ['Mallory', 'Ann'] : [],
      );
      const { room_id } = await host(meeting_id);
      await squat(client, [room_id, `meeting-${room_id}`]);
      if (admission === 'manual') {
        const anns = guests.find(({ name }: { name: string }) => name === 'Ann').guest_id;
        await foyer.ok('/admin/deny', { meeting_id, guest_id: guests[0].guest_id });
        await foyer.ok('/admin/admit', { meeting_id, guest_id: anns });
        const join = { meeting_id, room_id: 'RMforged', identity: mallory.identity };
        expect((await foyer.call('/user/join', join)).status).toBe(403);
        expect((await foyer.call('/user/join', { ...join, room_id })).status).toBe(403);
      }
      expect(await seen(document, (data) => 'room_id' in data)).toEqual({ state: 'admitted', room_id });
      await foyer.ok('/user/join', { meeting_id, room_id, identity: ann.identity });
      await foyer.ok('/admin/remove', { meeting_id, all: true });
      await foyer.ok('/admin/end', { meeting_id });
      expect(await seen(document, ({ state }) => state === 'ended')).toMatchObject({ state: 'ended' });
    },
  );

  test('does not even get in the own way by leaving and taking the name of the document', async () => {
    const meeting_id = await create({ admission: 'manual' });
    const mallory = await enter(meeting_id, { name: 'Mallory' });
    const client = browsers.connect(mallory);
    const { uniqueName } = await client.document({ id: mallory.document, mode: 'open_existing' });
    await foyer.ok('/user/leave-waiting-room', { meeting_id, identity: mallory.identity });
    foyer.clock.advance(10_000);
    expect(await squat(client, [uniqueName ?? ''])).toBe(4);

    const { room_id } = await host(meeting_id);
    const join = { meeting_id, room_id, identity: mallory.identity };
    expect((await foyer.call('/user/join', join)).status).toBe(403);
    const again = await enter(meeting_id, { identity: mallory.identity });
    expect((await browsers.document(again)).data).toEqual({ state: 'waiting' });
    expect((await foyer.call('/user/join', join)).status).toBe(403);
    const { guests } = await waitingRoom(meeting_id);
    expect(guests).toMatchObject([{ name: 'Mallory', state: 'waiting' }]);
    await foyer.ok('/admin/admit', { meeting_id, all: true });
    await foyer.ok('/user/join', join);
  });

  test('cannot keep a meeting number from being given again', async () => {
    const random = jest.spyOn(crypto, 'randomInt') as unknown as jest.SpyInstance<number>;
    random.mockReturnValueOnce(4321);
    const meeting_id = await create({ n_digits: 4, ttl_hours: 1 });
    const guest = await enter(meeting_id);
    const { uniqueName } = await browsers.document(guest);
    const elsewhere = browsers.connect(await enter(await create()));

    foyer.clock.advance(HOUR * 1000 + 2000);
    expect(await squat(elsewhere, [uniqueName ?? ''])).toBe(4);
    expect((await foyer.call('/user/enter-waiting-room', { meeting_id })).status).toBe(404);
    random.mockReturnValue(4321);
    expect(await create({ n_digits: 4 })).toBe(4321);
    random.mockRestore();
    const document = await browsers.document(await enter(meeting_id));
    expect(document.data).toEqual({ state: 'waiting' });
  });
});
