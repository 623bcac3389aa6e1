/** Who may do what in rooms where people have tokens of an identity provider: each for themselves alone. */
import { Device } from '../gateway/device';
import type { Reply } from '../support/http';
import { Issuer, signingKey } from '../support/issuer';
import { type Runtime, startRuntime } from '../support/runtime';
import { dropTimers } from '../support/sync-clients';

const key = signingKey('ES256');
const OPERATOR = { authorization: 'Bearer the-operators-key' };

let foyer: Runtime;
let issuer: Issuer;
let roomId: string;
beforeAll(async () => {
  [foyer, issuer] = await Promise.all([startRuntime(), Issuer.publishing(key)]);
});
beforeEach(async () => {
  Object.assign(foyer.environment, issuer.variables, { ADMIN_API_KEY: 'the-operators-key' });
  const { json } = await foyer.call('/rooms', { roomName: `${Math.random()}` }, { headers: OPERATOR });
  roomId = json['id'] as string;
});
afterEach(() => foyer.restore());
afterAll(async () => {
  await Promise.all([foyer.close(), issuer.down()]);
  dropTimers();
});

const as = (sub: string) => ({ authorization: `Bearer ${issuer.token(key, { sub })}` });
const answerOf = ({ status, json }: Reply) => [status, json];
const said = (words: string) => ({ message: expect.stringContaining(words) as string });
const history = async () =>
  (await foyer.call('/rooms/history', { roomId }, { headers: OPERATOR })).json['participants'];
const error = (device: Device) => device.hears(({ event }) => event === 'error');

test('a token is for oneself: for nobody else, and for oneself where nobody is named', async () => {
  const ask = (more: object, headers: Record<string, string> = {}) =>
    foyer.call('/rooms/token', { roomId, role: 'guest', ...more }, { headers });
  expect(answerOf(await ask({ userId: 'ann' }, as('bob')))).toEqual([403, said('for yourself only')]);
  expect((await ask({ userId: 'ann' })).status).toBe(401);
  expect((await ask({ userId: 'ann' }, OPERATOR)).status).toBe(401);
  expect((await ask({}, as('ann'))).json).toMatchObject({ userId: 'ann', roomId });
});

test('users neither create rooms nor see which there are or who was in them', async () => {
  const headers = as('ann');
  expect((await foyer.call('/rooms', { roomName: 'x' }, { headers })).status).toBe(403);
  expect((await foyer.verb('GET', '/rooms', headers)).status).toBe(403);
  expect((await foyer.call('/rooms/history', { roomId }, { headers })).status).toBe(403);
});

test('by a socket one joins as oneself; as somebody else one is refused, told nothing, and nobody is told', async () => {
  const [ann, mallory] = await Promise.all(
    ['ann', 'mallory'].map((sub) => Device.connect(foyer.origin, '', { headers: as(sub) })),
  );
  if (!ann || !mallory) throw new Error('both are connected');
  mallory.say({ event: 'join', data: { roomId, userId: 'ann' } });
  expect((await error(mallory)).data).toEqual(said('for yourself only'));
  ann.say({ event: 'join', data: { roomId, userId: 'ann' } });
  await ann.hears(({ event }) => event === 'room');
  // A leave in her name, by a socket that she did not join by.
  mallory.say({ event: 'leave', data: { roomId, userId: 'ann' } });
  mallory.say({ event: 'watch', data: { roomId } });
  expect((await mallory.hears(({ event }) => event === 'room')).data).toEqual({
    roomId,
    participantCount: 1,
    userIds: ['ann'],
  });
  expect(mallory.told.map(({ event }) => event)).toEqual(['error', 'room']);
  expect(await history()).toMatchObject([{ userId: 'ann', leftAt: null }]);
});

test('a socket without a token, or with one that is not right, is told nothing of a room', async () => {
  for (const headers of [{}, { authorization: `Bearer ${issuer.token(signingKey('ES256', key.kid))}` }]) {
    const device = await Device.connect(foyer.origin, '', { headers });
    for (const event of ['watch', 'join']) device.say({ event, data: { roomId, userId: 'ann' } });
    await error(device);
    await device.hears(() => device.told.length === 2);
    expect(device.told.map(({ event }) => event)).toEqual(['error', 'error']);
    expect(JSON.stringify(device.told)).not.toContain('userIds');
  }
  expect(await history()).toEqual([]);
});
