/** What LiveKit's adapter makes of names and keys, checked by the vendor's own reader of tokens. */
import { TokenVerifier } from 'livekit-server-sdk';
import { accessToken } from '../../src/adapters/livekit/access-token';
import { fitting } from '../../src/adapters/livekit/names';
import { nextRoom } from '../../src/adapters/livekit/opening';
import { keyOfRoomName, roomName } from '../../src/app/room-name';

const KEY = { apiKey: 'APIkey', apiSecret: 'a secret of more than thirty-two characters' };

test('a token reads as the vendor’s own', async () => {
  const token = accessToken(
    KEY,
    { identity: 'h1:Zoë 🎈', name: 'Zoë 🎈', ttl: 600, video: { room: 'r', roomJoin: true } },
    Date.now(),
  );
  const claims = await new TokenVerifier(KEY.apiKey, KEY.apiSecret).verify(token);
  expect(claims).toMatchObject({
    iss: 'APIkey',
    sub: 'h1:Zoë 🎈',
    name: 'Zoë 🎈',
    video: { room: 'r', roomJoin: true },
  });
  expect((claims.exp ?? 0) - Date.now() / 1000).toBeLessThanOrEqual(600);
});

test('a token that is past its time, or of another key, is none', async () => {
  const token = accessToken(KEY, { ttl: 60, video: { roomList: true } }, Date.now() - 120_000);
  await expect(new TokenVerifier(KEY.apiKey, KEY.apiSecret).verify(token)).rejects.toThrow(/exp/);
  await expect(new TokenVerifier('other', KEY.apiSecret).verify(token)).rejects.toThrow();
});

test('each room of a name has a name of its own, which follows from the one before', () => {
  const meetingKey = `ET${'0'.repeat(32)}`;
  const name = roomName({ key: meetingKey });
  const second = nextRoom(name, name);
  const third = nextRoom(name, second);
  expect(new Set([name, second, third]).size).toBe(3);
  expect(nextRoom(name, name)).toBe(second);
  expect([name, second, third].map(keyOfRoomName)).toEqual([meetingKey, meetingKey, meetingKey]);
  expect(['meeting-room', 'meeting-a/b', 'meeting-', 'other'].map(keyOfRoomName)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  // Of a room at another vendor, before the provider was changed.
  expect(nextRoom(name, 'RM0123')).toBe(second);
});

test('a name is cut to 256 bytes, never within a character', () => {
  expect(fitting('Zoë')).toBe('Zoë');
  const family = '👩‍👩‍👧‍👦';
  const cut = fitting(family.repeat(100));
  expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(256);
  expect(cut).toBe(family.repeat(10));
});
