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

    test('names of any length and script are carried, cut to what LiveKit takes', async () => {
      const media = world.media();
      const roomId = await media.openRoom(room, SHAPE);
      const long = '👩‍👩‍👧‍👦名'.repeat(50);
      const bearer = { identity: `g1:${long}`, name: long, role: 'guest' } as const;
      const pass = await media.joinPass(roomId, bearer, 600, SHAPE);
      await world.connect(roomId, pass);
      const [participant] = await media.participants(roomId);
      expect(participant?.identity).toBe(pass.identity);
      expect(long.startsWith(participant?.name ?? 'nothing')).toBe(true);
      expect(Buffer.byteLength(participant?.name ?? '')).toBeGreaterThan(200);
      await media.removeParticipant(roomId, participant ?? { id: '', identity: '' });
      expect(await media.participants(roomId)).toEqual([]);
    });

    test('a room that an old token brings back is as large as it was made', async () => {
      const media = world.media();
      const roomId = await media.openRoom(room, { maxParticipants: 1 });
      const passes = await Promise.all(
        ['ann', 'bob'].map((identity) =>
          media.joinPass(roomId, guest(identity), 600, { maxParticipants: 1 }),
        ),
      );
      await media.closeRoom(room, roomId);
      const [ann, bob] = passes;
      if (!ann || !bob) throw new Error('two passes');
      await world.connect(roomId, ann);
      await expect(world.connect(roomId, bob)).rejects.toThrow();
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
