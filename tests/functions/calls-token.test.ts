/** Tokens for the room of a call: for its two parties, while it goes on, and worth nothing after it. */
import { TokenVerifier } from 'livekit-server-sdk';
import { TokenSource } from 'livekit-client';
import { Tab } from '../emulator/twilio-video-tab';
import type { CallResponse } from '../../src/api/calls';
import { CallsOnRuntime } from '../support/calls-on-runtime';
import type { Reply } from '../support/http';
import { until } from '../support/sync-clients';

let world: CallsOnRuntime;
const tabs: Tab[] = [];
beforeAll(async () => {
  world = await CallsOnRuntime.start();
});
afterEach(() => world.clear());
afterAll(async () => {
  for (const tab of tabs) tab.close();
  await world.close();
});

let count = 0;
const couple = async (): Promise<[string, string]> => {
  count += 1;
  const [ann, ben] = await Promise.all([world.socket(`ann-${count}`), world.socket(`ben-${count}`)]);
  return [ann.user.id, ben.user.id];
};
const ask = (room: string, id: string): Promise<Reply> =>
  world.foyer.call('/token', { room, id }, { as: 'query' });
const conflict = ({ status, json }: Reply): unknown[] => [status, json];
const refusedWith = (call: CallResponse) => [
  409,
  { message: 'a call has a room while it is ONGOING.', call },
];

describe('at LiveKit', () => {
  /** undefined when the server refuses. */
  const join = (token: string) => {
    try {
      return world.foyer.livekit.join(token);
    } catch {
      return undefined;
    }
  };
  const closings = (): number => world.foyer.livekit.stats['DeleteRoom'] ?? 0;
  /** Webhooks of rooms before this one may still be acted upon. */
  const quiet = async (): Promise<number> => {
    for (let before = closings(); ; before = closings()) {
      await new Promise((later) => setTimeout(later, 300));
      if (closings() === before) return before;
    }
  };
  const claimsOf = (token: string) => {
    const { LIVEKIT_API_KEY = '', LIVEKIT_API_SECRET = '' } = world.foyer.environment;
    return new TokenVerifier(LIVEKIT_API_KEY, LIVEKIT_API_SECRET).verify(token);
  };
  const socketUrl = () => world.foyer.environment['LIVEKIT_URL']?.replace('http', 'ws');

  test('both get one, for the call’s own room, under their own id, for minutes', async () => {
    const [ann, ben] = await couple();
    const { id } = await world.ongoing(ann, ben);
    for (const [user, name] of [
      [ann, `Ann-${count}`],
      [ben, `Ben-${count}`],
    ] as const) {
      const { status, json } = await ask(id, user);
      expect([status, json]).toEqual([
        200,
        {
          token: expect.any(String),
          livekit_url: socketUrl(),
          provider: 'livekit',
          room_id: id,
          identity: user,
          connect_options: {},
        },
      ]);
      const { exp = 0, video, ...claims } = await claimsOf(json.token);
      expect(claims).toMatchObject({ sub: user, name });
      expect(video).toEqual({
        room: id,
        roomJoin: true,
        canPublish: true,
        canSubscribe: true,
        canPublishData: true,
      });
      expect(exp - Date.now() / 1000).toBeGreaterThan(60);
      expect(exp - Date.now() / 1000).toBeLessThanOrEqual(600);
    }
  });

  test('one costs three reads in two steps, making the room, and a read', async () => {
    const [ann, ben] = await couple();
    const { id } = await world.ongoing(ann, ben);
    world.foyer.printed();
    await ask(id, ann);
    const [line] = world.foyer.printed().filter((text) => text.includes('"route":"/token"'));
    expect(JSON.parse(line ?? '')).toMatchObject({ status: 200, upstream: 5 });
  });

  test('livekit-client’s token source is given the same', async () => {
    const [ann, ben] = await couple();
    const { id } = await world.ongoing(ann, ben);
    const source = TokenSource.endpoint(`${world.foyer.origin}/token`);
    const { serverUrl, participantToken } = await source.fetch({ roomName: id, participantIdentity: ben });
    expect(serverUrl).toBe(socketUrl());
    expect(await claimsOf(participantToken)).toMatchObject({ sub: ben, video: { room: id } });
    const nobody = await world.foyer.call('/token', { room_name: id });
    expect([nobody.status, nobody.json]).toEqual([
      400,
      { message: expect.stringMatching(/^participant_identity is missing/) },
    ]);
    await expect(source.fetch({ roomName: id, participantIdentity: 'eve' })).rejects.toThrow(/403/);
    await expect(
      source.fetch({ roomName: id, participantIdentity: ben, agentName: 'recorder' }),
    ).rejects.toThrow(/400/);
  });

  test('nobody gets one before it is answered, after it is over, or for somebody else’s call', async () => {
    const [ann, ben] = await couple();
    const [eve] = await couple();
    const call = await world.start(ann, ben);
    expect(conflict(await ask(call.id, ann))).toEqual(refusedWith(call));
    expect((await ask(call.id, eve)).status).toBe(403);
    const { json: ongoing } = await world.answer(call.id, 'ACCEPT');
    expect((await ask(call.id, eve)).status).toBe(403);
    expect((await ask(call.id, ann)).status).toBe(200);
    const { json: ended } = await world.end(call.id, ben);
    for (const user of [ann, ben]) expect(conflict(await ask(call.id, user))).toEqual(refusedWith(ended));
    expect((await ask(call.id, eve)).status).toBe(403);
    expect(ongoing.status).toBe('ONGOING');
  });

  test('both are out of the room when the call ends, however it ends', async () => {
    const ends: readonly ((call: CallResponse) => Promise<unknown>)[] = [
      ({ id, caller }) => world.end(id, caller.id),
      ({ id, receiver }) => world.end(id, receiver.id),
    ];
    for (const bring of ends) {
      const [ann, ben] = await couple();
      const call = await world.ongoing(ann, ben);
      const inside = [];
      for (const user of [ann, ben]) inside.push(join((await ask(call.id, user)).json.token));
      expect(inside.map((attendee) => attendee?.reason)).toEqual([undefined, undefined]);
      await bring(call);
      for (const attendee of inside) expect(attendee?.reason).toBeDefined();
    }
  });

  test('whoever comes back with a kept token is put out by the webhook', async () => {
    const [ann, ben] = await couple();
    const { id } = await world.ongoing(ann, ben);
    const { token } = (await ask(id, ann)).json;
    await world.end(id, ben);
    const back = join(token);
    await until(() => back === undefined || back.reason !== undefined);
  });

  test('and where nobody tells us of rooms, by whoever reads the call while a token may live', async () => {
    const [ann, ben] = await couple();
    const { id } = await world.ongoing(ann, ben);
    await world.end(id, ben);
    for (const read of [() => world.info(id), () => ask(id, ann), () => ask(id, ben)]) {
      const before = closings();
      await read();
      expect(closings()).toBeGreaterThan(before);
    }
    world.foyer.clock.advance(15 * 60_000);
    const before = await quiet();
    await world.info(id);
    expect(closings()).toBe(before);
  });

  test('a call that was never answered has had no room', async () => {
    const [ann, ben] = await couple();
    const { id } = await world.start(ann, ben);
    const before = await quiet();
    await world.answer(id, 'DECLINE');
    await world.info(id);
    expect(closings()).toBe(before);
  });

  test('who asks for one at the moment at which the call ends finds nobody', async () => {
    const [ann, ben] = await couple();
    for (let round = 0; round < 6; round += 1) {
      const { id } = await world.ongoing(ann, ben);
      const [asked] = await Promise.all([ask(id, ann), world.end(id, ben)]);
      expect([200, 409]).toContain(asked.status);
      if (asked.status !== 200) continue;
      const attendee = join(asked.json.token);
      await until(() => attendee === undefined || attendee.reason !== undefined);
    }
  });

  test('a server that is away ends no less of the call, and is made up for', async () => {
    const [ann, ben] = await couple();
    const { id } = await world.ongoing(ann, ben);
    const attendee = join((await ask(id, ann)).json.token);
    const { LIVEKIT_URL = '' } = world.foyer.environment;
    world.foyer.environment['LIVEKIT_URL'] = 'http://127.0.0.1:9';
    expect((await world.end(id, ben)).json).toMatchObject({ status: 'ENDED' });
    expect(attendee?.reason).toBeUndefined();
    world.foyer.environment['LIVEKIT_URL'] = LIVEKIT_URL;
    await world.info(id);
    expect(attendee?.reason).toBeDefined();
  });
});

describe('at Twilio Video', () => {
  beforeEach(() => {
    world.foyer.environment['CALLS_PROVIDER'] = 'twilio';
  });
  const connect = async (answer: { token: string; room_id: string }): Promise<Tab> => {
    const tab = await Tab.join(world.foyer.videoOrigin, { token: answer.token, name: answer.room_id });
    tabs.push(tab);
    return tab;
  };

  test('both get one for the call’s own room, and are out when it ends; a kept one opens nothing', async () => {
    const [ann, ben] = await couple();
    const { id } = await world.ongoing(ann, ben);
    const answers = [(await ask(id, ann)).json, (await ask(id, ben)).json];
    for (const [i, answer] of answers.entries()) {
      expect(answer).toEqual({
        token: expect.any(String),
        provider: 'twilio',
        room_id: expect.stringMatching(/^RM[0-9a-f]{32}$/),
        identity: [ann, ben][i],
        connect_options: expect.objectContaining({ wsServer: expect.any(String) }),
      });
      const { grants } = JSON.parse(Buffer.from(answer.token.split('.')[1], 'base64url').toString());
      expect(grants).toEqual({ identity: answer.identity, video: { room: answer.room_id } });
    }
    expect(answers[0].room_id).toBe(answers[1].room_id);
    const inside = [await connect(answers[0]), await connect(answers[1])];
    await world.end(id, ann);
    for (const tab of inside) await tab.until(() => tab.phase === 'disconnected');
    const back = await connect(answers[0]);
    await back.until(() => back.phase === 'disconnected');
  });

  test('a vendor that is away when the call ends is told again by who looks, or comes', async () => {
    const { VIDEO_API_URL = '' } = world.foyer.environment;
    const [ann, ben] = await couple();
    for (const remind of ['look', 'come']) {
      const { id } = await world.ongoing(ann, ben);
      const answers = [(await ask(id, ann)).json, (await ask(id, ben)).json];
      const inside = await connect(answers[0]);
      world.foyer.environment['VIDEO_API_URL'] = 'http://127.0.0.1:9';
      expect((await world.end(id, ben)).json).toMatchObject({ status: 'ENDED' });
      expect(inside.phase).toBe('connected');
      world.foyer.environment['VIDEO_API_URL'] = VIDEO_API_URL;
      if (remind === 'look') await world.info(id);
      else await connect(answers[1]);
      await inside.until(() => inside.phase === 'disconnected');
    }
  });

  test('none outside of the call, and none to a token source of LiveKit’s', async () => {
    const [ann, ben] = await couple();
    const call = await world.start(ann, ben);
    expect(conflict(await ask(call.id, ann))).toEqual(refusedWith(call));
    await world.answer(call.id, 'ACCEPT');
    const source = await world.foyer.call('/token', { room_name: call.id, participant_identity: ann });
    expect([source.status, source.json]).toEqual([403, { message: expect.stringMatching(/not on LiveKit/) }]);
    const { json: ended } = await world.end(call.id, ann);
    expect(conflict(await ask(call.id, ann))).toEqual(refusedWith(ended));
  });
});
