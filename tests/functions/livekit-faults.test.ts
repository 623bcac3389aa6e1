/** LiveKit slow, down, out of time or not ours: what each route answers, and that nothing is left half done. */
import { createLiveKitEmulator, type LiveKitEmulator } from '../../emulator/livekit/server';
import type { Clock } from '../../emulator/twilio/clock';
import { idOfIdentity } from '../../src/domain/guest';
import type { Reply } from '../support/http';
import { type Parameters, type Runtime, startRuntime } from '../support/runtime';
import { type Fault, Wire } from '../support/wire';

let foyer: Runtime;
let wire: Wire;
let wired: string;
beforeAll(async () => {
  foyer = await startRuntime();
  wire = new Wire();
  wired = await wire.to(foyer.environment['LIVEKIT_URL'] ?? '');
});
beforeEach(() => {
  wire.clear();
  Object.assign(foyer.environment, { LIVEKIT_URL: wired, MEETINGS_PROVIDER: 'livekit' });
});
afterEach(() => foyer.restore());
afterAll(async () => {
  await wire.close();
  await foyer.close();
});

const BASE = '/api/v1/meetings';
/** A function has ten seconds. */
const LIFE_MS = 10_000;
const OUTAGES: readonly Fault[] = ['reset', 503, 'silence'];
const HICCUPS: readonly Fault[] = ['reset', 429, 500, 'garbage'];
const AGAIN = /try again/i;

/** A persistent meeting with somebody in it, and an open meeting with a waiting room and a guest in the room. */
async function stage() {
  const { meeting_id: lasting } = await foyer.ok(`${BASE}/create`);
  const { token } = await foyer.ok(`${BASE}/join`, { meeting_id: lasting, user_name: 'Ann' });
  const ann = foyer.livekit.join(token);
  const { meeting_id } = await foyer.ok('/admin/create');
  const { identity } = await foyer.ok('/user/enter-waiting-room', { meeting_id, name: 'Bob' });
  const { room_id } = await foyer.ok('/admin/join', { meeting_id });
  const pass = await foyer.ok('/user/join', { meeting_id, room_id, identity });
  const bob = foyer.livekit.join(pass.token);
  return { lasting, ann, meeting_id, room_id, identity, bob, guest_id: idOfIdentity(pass.identity) };
}

type Stage = Awaited<ReturnType<typeof stage>>;

/** Every route that asks LiveKit something. */
const asking = ({ lasting, meeting_id, guest_id }: Stage): readonly (readonly [string, Parameters])[] => [
  [`${BASE}/join`, { meeting_id: lasting, user_name: 'Eve' }],
  [`${BASE}/info`, { meeting_id: lasting }],
  [`${BASE}/participants`, { meeting_id: lasting }],
  ['/admin/join', { meeting_id }],
  ['/admin/waiting-room', { meeting_id }],
  ['/admin/remove', { meeting_id, guest_id }],
];
const ending = ({ lasting, meeting_id }: Stage): readonly (readonly [string, Parameters])[] => [
  [`${BASE}/delete`, { meeting_id: lasting }],
  ['/admin/end', { meeting_id }],
];

const callAll = (calls: readonly (readonly [string, Parameters])[]): Promise<Reply[]> =>
  Promise.all(calls.map(([path, parameters]) => foyer.call(path, parameters)));

describe.each(OUTAGES)('LiveKit that answers nothing but %s', (fault) => {
  test('is a "try again" within a function’s life, and the next try finishes what was begun', async () => {
    const [looked, on] = [await stage(), await stage()];
    const { lasting, meeting_id, room_id, identity } = on;
    wire.fail({ fault, moment: 'before', from: 1, to: Infinity });
    const begun = Date.now();
    const replies = await callAll([...asking(looked), ...ending(on)]);
    expect(Date.now() - begun).toBeLessThan(LIFE_MS);
    for (const reply of replies) {
      expect([reply.status, reply.text]).toEqual([503, expect.stringMatching(AGAIN)]);
    }
    // Deleted and ended all the same: nobody else gets in, though nobody was told yet.
    expect((await foyer.ok(`${BASE}/exists`, { meeting_id: lasting })).exists).toBe(false);
    expect((await foyer.call('/user/join', { meeting_id, room_id, identity })).status).toBe(403);
    expect([on.ann.reason, on.bob.reason]).toEqual([undefined, undefined]);

    wire.clear();
    for (const reply of await callAll(ending(on))) expect(reply.status).toBe(200);
    expect([on.ann.reason, on.bob.reason]).toEqual(['ROOM_DELETED', 'ROOM_DELETED']);
  }, 60_000);

  test('does not concern what is not asked of it', async () => {
    const { meeting_id } = await foyer.ok(`${BASE}/create`);
    wire.fail({ fault, moment: 'before', from: 1, to: Infinity });
    await foyer.ok('/', { roomName: 'daily', uid: 'ann' });
    await foyer.ok('/livekit/token', { room_name: 'daily' });
    await foyer.ok(`${BASE}/create`);
    expect((await foyer.ok(`${BASE}/exists`, { meeting_id })).exists).toBe(true);
    expect(wire.calls).toEqual([]);
  });
});

test.each(HICCUPS)(
  '%s once is not noticed, before or after LiveKit has done as it was told',
  async (fault) => {
    for (const moment of ['before', 'after'] as const) {
      const on = await stage();
      for (const calls of [asking(on), ending(on)]) {
        for (const call of calls) {
          wire.fail({ fault, moment, from: 1, to: 1 });
          const [reply] = await callAll([call]);
          expect([call[0], reply?.status]).toEqual([call[0], 200]);
        }
      }
      expect([on.ann.reason, on.bob.reason]).toEqual(['ROOM_DELETED', 'PARTICIPANT_REMOVED']);
    }
  },
  60_000,
);

describe('a LiveKit', () => {
  let other: LiveKitEmulator | undefined;
  afterEach(() => other?.close());

  async function livekitWith(options: {
    readonly secret?: string;
    readonly aheadMs?: number;
  }): Promise<void> {
    const { LIVEKIT_API_KEY = '', LIVEKIT_API_SECRET = '' } = foyer.environment;
    const { secret = LIVEKIT_API_SECRET, aheadMs = 0 } = options;
    const clock: Clock = {
      now: () => foyer.clock.now() + aheadMs,
      after: (ms, run) => foyer.clock.after(ms, run),
    };
    other = createLiveKitEmulator({ keys: { [LIVEKIT_API_KEY]: secret }, clock });
    foyer.environment['LIVEKIT_URL'] = (await other.listen()).origin;
  }

  test('with another key is an error of ours, whose words give nothing away, and nothing has changed', async () => {
    const on = await stage();
    await livekitWith({ secret: 'another secret of at least thirty-two characters' });
    foyer.printed();
    for (const reply of await callAll(asking(on))) {
      expect(reply.status).toBe(500);
      expect(reply.text).not.toMatch(/twirp|token|unauthenticated|eyJ/i);
    }
    const log = foyer.printed().join('\n');
    expect(log).toMatch(/LiveKitError: LiveKit \w+: status 401/);
    expect(log).not.toMatch(/eyJ/);
    expect((await foyer.ok(`${BASE}/exists`, { meeting_id: on.lasting })).exists).toBe(true);
    foyer.environment['LIVEKIT_URL'] = wired;
    const { num_participants } = await foyer.ok(`${BASE}/info`, { meeting_id: on.lasting });
    expect(num_participants).toBe(1);
  });

  test.each([-300_000, -30_000, 30_000, 90_000])(
    'whose clock is %i ms off is no trouble',
    async (aheadMs) => {
      await livekitWith({ aheadMs });
      const { meeting_id } = await foyer.ok(`${BASE}/create`);
      const { token } = await foyer.ok(`${BASE}/join`, { meeting_id, user_name: 'Ann' });
      expect(other?.join(token).reason).toBeUndefined();
      expect((await foyer.ok(`${BASE}/info`, { meeting_id })).num_participants).toBe(1);
      const { access_token } = await foyer.ok('/', { roomName: 'daily', uid: 'ann' });
      expect(other?.join(access_token).reason).toBeUndefined();
    },
  );
});
