/** What is peculiar to LiveKit's rooms and tokens. Run over its emulator and over a real server. */
import { randomBytes } from 'node:crypto';
import { guardRoom } from '../../src/app/guard-room';
import { roomName } from '../../src/app/room-name';
import type { MediaWorld } from '../support/media-world';
import { eventually } from './media-server.contract';

const SHAPE = { maxParticipants: 4 };

const decodeJwt = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown> & {
    readonly exp: number;
  };

export function liveKitRoomsContract(name: string, makeWorld: () => Promise<MediaWorld>): void {
  describe(`rooms of ${name}`, () => {
    let world: MediaWorld;
    let room: string;
    beforeEach(async () => {
      world = await makeWorld();
      room = roomName({ key: `ET${randomBytes(16).toString('hex')}` });
    });
    afterEach(() => world.close());

    const guest = (identity: string) => ({ identity, role: 'guest' }) as const;

    test('a token says what its bearer may, and no more', async () => {
      const media = world.media();
      const roomId = await media.openRoom(room, SHAPE);
      const bearer = { identity: 'h1:Zoë', name: 'Zoë', role: 'host', metadata: '{"seat":1}' } as const;
      const hosts = decodeJwt((await media.joinPass(roomId, bearer, 600, SHAPE)).token);
      const guests = decodeJwt((await media.joinPass(roomId, guest('g1'), 600, SHAPE)).token);
      const everybody = {
        room: roomId,
        roomJoin: true,
        canPublish: true,
        canSubscribe: true,
        canPublishData: true,
      };
      expect(hosts['video']).toEqual({ ...everybody, roomAdmin: true });
      expect(guests['video']).toEqual(everybody);
      expect(hosts).toMatchObject({ sub: 'h1:Zoë', name: 'Zoë', metadata: '{"seat":1}' });
      expect(guests.exp - Math.floor(world.now() / 1000)).toBeGreaterThan(590);
      expect(guests.exp - Math.floor(world.now() / 1000)).toBeLessThanOrEqual(600);
    });

    test('a token that is past its time is refused', async () => {
      const media = world.media();
      const roomId = await media.openRoom(room, SHAPE);
      const pass = await media.joinPass(roomId, guest('late'), -120, SHAPE);
      await expect(world.connect(roomId, pass)).rejects.toThrow();
    });

    test('names of any length and script are carried in full, identities cut to what LiveKit takes', async () => {
      const media = world.media();
      const roomId = await media.openRoom(room, SHAPE);
      const long = '👩‍👩‍👧‍👦名'.repeat(50);
      const bearer = { identity: `g1:${long}`, name: long, role: 'guest' } as const;
      const pass = await media.joinPass(roomId, bearer, 600, SHAPE);
      await world.connect(roomId, pass);
      const [participant] = await media.participants(roomId);
      expect(participant?.identity).toBe(pass.identity);
      expect(participant?.name).toBe(long);
      expect(Buffer.byteLength(decodeJwt(pass.token)['name'] as string)).toBeGreaterThan(200);
      await media.removeParticipant(roomId, participant ?? { id: '', identity: '' });
      expect(await media.participants(roomId)).toEqual([]);
    });

    const passesFor = (roomId: string, identities: readonly string[], shape = SHAPE) =>
      Promise.all(identities.map((identity) => world.media().joinPass(roomId, guest(identity), 600, shape)));

    test('a room that a token brings to life is as large as it was meant', async () => {
      const [ann, bob] = await passesFor(room, ['ann', 'bob'], { maxParticipants: 1 });
      if (!ann || !bob) throw new Error('two passes');
      await world.connect(room, ann);
      await expect(world.connect(room, bob)).rejects.toThrow();
    });

    test('tokens live no longer than those that the server itself gives to whoever connects', async () => {
      const { token } = await world.media().joinPass(room, guest('ann'), 3600, SHAPE);
      expect(decodeJwt(token).exp - Math.floor(world.now() / 1000)).toBeLessThanOrEqual(600);
    });

    test('who kept tokens of a room that was closed meet nobody there, and may be put out again', async () => {
      const media = world.media();
      const roomId = await media.openRoom(room, SHAPE);
      const passes = await passesFor(roomId, ['ann', 'bob', 'eve']);
      const [ann] = await Promise.all(passes.slice(0, 1).map((pass) => world.connect(roomId, pass)));
      await media.closeRoom(room, roomId);
      await eventually(() => ann?.isOut() === true);
      const outcomes = await Promise.allSettled(passes.map((pass) => world.connect(roomId, pass)));
      const back = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
      expect(back).toHaveLength(1);
      expect(await media.isOpen(roomId)).toBe(false);
      await media.closeRoom(room, roomId);
      await eventually(() => back.every((attendee) => attendee.isOut()));
      expect(await media.participants(roomId)).toEqual([]);
    });

    test('a token that brings a room back while it is closed does not keep it open', async () => {
      const roomId = await world.media().openRoom(room, SHAPE);
      const [ann, bob] = await passesFor(roomId, ['ann', 'bob']);
      if (!ann || !bob) throw new Error('two passes');
      const tries = [ann, bob, ann, bob].map((pass) => world.connect(roomId, pass).catch(() => undefined));
      await Promise.all([world.media().closeRoom(room, roomId), ...tries]);
      expect(await world.media().isOpen(roomId)).toBe(false);
      expect((await world.media().participants(roomId)).length).toBeLessThan(2);
    });

    test('whoever brings a room back that is not the meeting’s any more is put out by the guard', async () => {
      const media = world.media();
      const first = await media.openRoom(room, SHAPE);
      const pass = await media.joinPass(first, guest('g1:Ann'), 600, SHAPE);
      await media.closeRoom(room, first);
      const second = await media.openRoom(room, { ...SHAPE, lastId: first });
      const ann = await world.connect(first, pass);
      const meetings = {
        findByKey: (key: string) =>
          Promise.resolve({ key, state: 'open' as const, removed: [], roomId: second }),
      };
      await guardRoom(
        { media, meetings: meetings as never },
        { roomId: first, roomName: first, participantId: '', identity: 'g1:Ann' },
      );
      await eventually(() => ann.isOut());
      expect(await media.participants(first)).toEqual([]);
    });
  });
}
