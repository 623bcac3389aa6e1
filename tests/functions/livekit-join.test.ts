/** Joining LiveKit rooms by name (seed 000), and as livekit-client's token source asks for it. */
import { TokenVerifier } from 'livekit-server-sdk';
import { TokenSource } from 'livekit-client';
import type { Reply } from '../support/http';
import { Issuer, signingKey } from '../support/issuer';
import { type Runtime, startRuntime } from '../support/runtime';

let foyer: Runtime;
beforeAll(async () => {
  foyer = await startRuntime();
});
afterEach(() => foyer.restore());
afterAll(() => foyer.close());

/** The claims, as LiveKit's own SDK verifies them. */
function claimsOf(token: string) {
  const { LIVEKIT_API_KEY = '', LIVEKIT_API_SECRET = '' } = foyer.environment;
  return new TokenVerifier(LIVEKIT_API_KEY, LIVEKIT_API_SECRET).verify(token);
}
const refusal = (reply: Reply) => [reply.status, reply.json];
const socketUrl = () => foyer.environment['LIVEKIT_URL']?.replace('http', 'ws');

describe('POST /livekit/join-room', () => {
  test.each(['/livekit/join-room', '/'])('answers at %s as the seed says', async (path) => {
    const answer = await foyer.ok(path, { roomName: 'daily', uid: 'ann' });
    expect(answer).toEqual({
      msg: 'Success',
      livekit_socket_url: socketUrl(),
      access_token: expect.any(String),
      connect_options: {},
    });
    const { sub, video, exp = 0, ...claims } = await claimsOf(answer.access_token);
    expect({ sub, video }).toEqual({
      sub: 'ann',
      video: { room: 'daily', roomJoin: true, canPublish: true, canSubscribe: true, canPublishData: true },
    });
    expect(claims).not.toHaveProperty('roomAdmin');
    expect(exp - Date.now() / 1000).toBeGreaterThan(60);
    expect(exp - Date.now() / 1000).toBeLessThanOrEqual(3600);
  });

  test('takes a form, and names in any script', async () => {
    const parameters = { roomName: '日本語 🎥', uid: 'Åsa/李 & co' };
    const { access_token } = await foyer.ok('/', parameters, { as: 'form' });
    expect(await claimsOf(access_token)).toMatchObject({ sub: 'Åsa/李 & co', video: { room: '日本語 🎥' } });
  });

  test('says which parameter is missing, in the words of the seed', async () => {
    for (const [parameters, name] of [
      [{}, 'roomName'],
      [{ uid: 'ann' }, 'roomName'],
      [{ uid: 'ann', roomName: '' }, 'roomName'],
      [{ uid: 'ann', roomName: null }, 'roomName'],
      [{ roomName: 'daily' }, 'uid'],
      [{ roomName: 'daily', uid: '' }, 'uid'],
    ] as const) {
      expect(refusal(await foyer.call('/', parameters))).toEqual([
        400,
        { msg: `Missing required parameter: ${name}` },
      ]);
    }
    expect(refusal(await foyer.call('/', {}, { body: '' }))).toEqual([
      400,
      { msg: 'Missing required parameter: roomName' },
    ]);
  });

  test('does not cut ids that LiveKit would cut: they would become somebody else’s', async () => {
    const ok = await foyer.call('/', { roomName: 'daily', uid: 'é'.repeat(128) });
    expect(ok.status).toBe(200);
    const reply = await foyer.call('/', { roomName: 'daily', uid: 'é'.repeat(129) });
    expect(refusal(reply)).toEqual([400, { msg: 'uid must be a user id (text, 1 to 256 bytes).' }]);
  });

  test('leads into no meeting’s and no call’s room', async () => {
    for (const roomName of [
      `meeting-ET${'0'.repeat(32)}`,
      `meeting-ET${'0'.repeat(32)}.2`,
      `abc-defg-hij-ET${'0'.repeat(32)}`,
      `abc-defg-hij-ET${'0'.repeat(32)}.2`,
    ]) {
      const reply = await foyer.call('/', { roomName, uid: 'ann' });
      expect(refusal(reply)).toEqual([403, { msg: expect.stringMatching(/Join the meeting instead/) }]);
    }
    await foyer.ok('/', { roomName: 'meeting-room-1', uid: 'ann' });
    const call = await foyer.call('/', { roomName: `call-${'aZ_-9'.repeat(5).slice(0, 22)}`, uid: 'ann' });
    expect(refusal(call)).toEqual([403, { msg: expect.stringMatching(/room of a call/) }]);
    await foyer.ok('/', { roomName: 'call-centre', uid: 'ann' });
  });

  test('without LiveKit is an error of ours, whose reason is in the log', async () => {
    foyer.environment['LIVEKIT_API_SECRET'] = '';
    foyer.printed();
    const reply = await foyer.call('/', { roomName: 'daily', uid: 'ann' });
    expect(refusal(reply)).toEqual([500, { msg: 'Error joining room' }]);
    expect(foyer.printed().join()).toContain('LIVEKIT_API_SECRET is missing');
  });

  test('is closed until it is known who users are', async () => {
    foyer.environment['ALLOW_ANONYMOUS_USERS'] = 'no';
    for (const path of ['/', '/livekit/token']) {
      const reply = await foyer.call(path, { roomName: 'daily', uid: 'ann', room_name: 'daily' });
      expect(refusal(reply)).toEqual([403, { msg: expect.stringMatching(/AUTH_JWKS_URL/) }]);
    }
  });

  test('answers another verb in the shape of its family, and leaves the page alone', async () => {
    const put = await foyer.call('/livekit/join-room?x=1', {}, { as: 'query' });
    expect(refusal(put)[0]).toBe(400);
    const { status, headers } = await foyer.verb('DELETE', '/');
    expect([status, headers['allow']]).toEqual([405, 'POST, OPTIONS']);
  });
});

describe('POST /livekit/token', () => {
  const source = () => TokenSource.endpoint(`${foyer.origin}/livekit/token`);

  test('is what livekit-client’s own token source asks', async () => {
    const options = {
      roomName: 'daily',
      participantIdentity: 'ann',
      participantName: 'Åsa 李',
      participantMetadata: '{"seat":1}',
      participantAttributes: { hand: 'raised' },
    };
    const { serverUrl, participantToken } = await source().fetch(options);
    expect(serverUrl).toBe(socketUrl());
    expect(await claimsOf(participantToken)).toMatchObject({
      sub: 'ann',
      name: 'Åsa 李',
      metadata: '{"seat":1}',
      attributes: { hand: 'raised' },
      video: { room: 'daily', roomJoin: true },
    });
  });

  test('makes up an identity for somebody who gives none', async () => {
    const identities = await Promise.all(
      ['Åsa Öberg', 'Åsa Öberg', '李'].map(async (participantName) => {
        const { participantToken } = await source().fetch({ roomName: 'daily', participantName });
        return (await claimsOf(participantToken)).sub;
      }),
    );
    expect(identities).toEqual([
      expect.stringMatching(/^asa_oberg_[0-9a-f]{8}$/),
      expect.stringMatching(/^asa_oberg_[0-9a-f]{8}$/),
      expect.stringMatching(/^user_[0-9a-f]{8}$/),
    ]);
    expect(new Set(identities).size).toBe(3);
  });

  test('refuses what a caller may not ask for, and does nothing of the rest', async () => {
    await expect(source().fetch({ roomName: 'daily', agentName: 'scribe' })).rejects.toThrow(
      /400.*room_config/,
    );
    const refused = async (more: object) =>
      refusal(await foyer.call('/livekit/token', { room_name: 'daily', ...more }));
    for (const [more, naming] of [
      [{ room_config: {} }, /^room_config must be left out: agents and recordings/],
      [{ room_config: { egress: { room: {} } } }, /room_config/],
      [{ roomConfig: { agents: [] } }, /roomConfig/],
      [{ grants: { roomAdmin: true } }, /^the request must be without grants, of which nothing is known/],
      [{ participant_attributes: { 'lk.agent.state': 'x' } }, /participant_attributes/],
      [{ participant_attributes: { a: 1 } }, /participant_attributes/],
      [{ participant_attributes: ['a'] }, /participant_attributes/],
      [{ participant_metadata: 'x'.repeat(4097) }, /participant_metadata/],
      [{ participant_name: 'x'.repeat(201) }, /participant_name/],
    ] as const) {
      expect(await refused(more)).toEqual([400, { msg: expect.stringMatching(naming) }]);
    }
    expect(refusal(await foyer.call('/livekit/token', {}))).toEqual([
      400,
      { msg: 'Missing required parameter: room_name' },
    ]);
  });

  test('is refused where the token would be too long for the address of a browser’s socket', async () => {
    const ask = (more: object) => foyer.call('/livekit/token', { room_name: 'daily', ...more });
    const most = { participant_name: '🎥'.repeat(200), participant_identity: 'é'.repeat(128) };
    const texts = (count: number, text: string) => ({
      participant_attributes: Object.fromEntries(Array.from({ length: count }, (_, i) => [`a${i}`, text])),
    });
    for (const fits of [most, { participant_metadata: 'x'.repeat(4096) }, texts(8, 'x'.repeat(512))]) {
      const reply = await ask(fits);
      expect([reply.status, reply.json.participant_token?.length < 8_001]).toEqual([200, true]);
    }
    for (const large of [
      { ...most, participant_metadata: 'x'.repeat(4096) },
      { participant_metadata: '名'.repeat(4096) },
      texts(32, 'x'.repeat(512)),
    ]) {
      expect(refusal(await ask(large))).toEqual([400, { msg: expect.stringMatching(/less metadata/) }]);
    }
  });
});

describe('with an identity provider', () => {
  const key = signingKey('ES256');
  let issuer: Issuer;
  beforeAll(async () => {
    issuer = await Issuer.publishing(key);
  });
  beforeEach(() => void Object.assign(foyer.environment, issuer.variables));
  afterAll(() => issuer.down());

  const ask = (path: string, parameters: object, sub?: string): Promise<Reply> => {
    const headers = sub === undefined ? {} : { authorization: `Bearer ${issuer.token(key, { sub })}` };
    return foyer.call(path, { ...parameters }, { headers });
  };

  test('a user joins as nobody else', async () => {
    for (const [path, mine] of [
      ['/', { roomName: 'daily', uid: 'ann' }],
      ['/livekit/join-room', { roomName: 'daily', uid: 'ann' }],
      ['/livekit/token', { room_name: 'daily', participant_identity: 'ann' }],
    ] as const) {
      expect((await ask(path, mine, 'ann')).status).toBe(200);
      expect(refusal(await ask(path, mine, 'bob'))).toEqual([
        403,
        { msg: expect.stringMatching(/you can act for yourself only: (uid|participant_identity) must be/) },
      ]);
      expect(refusal(await ask(path, mine))).toEqual([
        401,
        { msg: expect.stringMatching(/^this is for users/) },
      ]);
    }
  });

  test('is, to a token source that names nobody, who the provider says', async () => {
    const { json } = await ask('/livekit/token', { room_name: 'daily', participant_name: 'Ann' }, 'auth0|7');
    expect(await claimsOf(json.participant_token)).toMatchObject({ sub: 'auth0|7', name: 'Ann' });
  });

  test('is not cut where the provider’s name for somebody is longer than LiveKit’s', async () => {
    const reply = await ask('/livekit/token', { room_name: 'daily' }, 'x'.repeat(300));
    expect(refusal(reply)).toEqual([403, { msg: expect.stringMatching(/too long/) }]);
  });

  test('an operator with a token creates meetings, a user does not', async () => {
    delete foyer.environment['ALLOW_ANONYMOUS_OPERATORS'];
    const create = (claims: object) =>
      foyer.call(
        '/api/v1/meetings/create',
        {},
        { headers: { authorization: `Bearer ${issuer.token(key, { ...claims })}` } },
      );
    expect((await create({ operator: true })).status).toBe(200);
    expect(refusal(await create({}))).toEqual([
      403,
      { detail: expect.stringMatching(/^this is for operators/) },
    ]);
  });
});
