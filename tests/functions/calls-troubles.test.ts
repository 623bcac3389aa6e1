/** Calls while Sync is away: an answer in time that says "try again", and nothing that is half done for ever. */
import { ROUTES } from '../../src/api/routes';
import { CallsOnRuntime } from '../support/calls-on-runtime';
import { Wire } from '../support/wire';

let world: CallsOnRuntime;
let wire: Wire;
let behind: string;
beforeAll(async () => {
  world = await CallsOnRuntime.start();
  wire = new Wire();
  behind = await wire.to(world.foyer.syncOrigin);
});
afterEach(async () => {
  wire.clear();
  await world.clear();
});
afterAll(async () => {
  await wire.close();
  await world.close();
});

const ROUTES_OF_CALLS = ROUTES.filter(
  ({ family, path }) => family === 'calls' || /^\/gateway\/(?!room-)/.test(path),
).map(({ path }) => path);

async function everyRoute(call: { id: string }, identity: string) {
  const { FRONT_PORT_SECRET = '', GATEWAY_SECRET = '' } = world.foyer.environment;
  const headers = { 'x-foyer-front': FRONT_PORT_SECRET, 'x-foyer-gateway': GATEWAY_SECRET };
  const parameters = {
    id: 'ann',
    userId: 'ann',
    callerId: 'ann',
    receiverId: 'ben',
    identity,
    callId: call.id,
    room: call.id,
    answer: 'ACCEPT',
    gateway: 'g1',
    socket: '1',
    sockets: [{ socket: '1', id: 'ann' }],
    callIds: [call.id],
  };
  return Promise.all(
    ROUTES_OF_CALLS.map(async (path) => ({
      path,
      // A parameter that a route does not know is nothing to it.
      reply: await world.foyer.call(path, path === '/token' ? { room: call.id, id: 'ann' } : parameters, {
        headers,
        via: 'functions',
      }),
    })),
  );
}

test('every route says in time that it may be tried again, and the call stands as it stood', async () => {
  const [ann] = [await world.sync('ann'), await world.sync('ben')];
  const call = await world.ongoing('ann', 'ben');
  const { SYNC_API_URL = '' } = world.foyer.environment;
  world.foyer.environment['SYNC_API_URL'] = behind;
  wire.fail({ fault: 503, moment: 'before', from: 1, to: 100_000 });
  const since = performance.now();
  for (const { path, reply } of await everyRoute(call, ann.access.identity)) {
    expect([path, reply.status, reply.json]).toEqual([
      path,
      503,
      { message: expect.stringMatching(/try again/i) },
    ]);
    expect(reply.headers['retry-after']).toMatch(/^\d+$/);
  }
  expect(performance.now() - since).toBeLessThan(10_000);
  world.foyer.environment['SYNC_API_URL'] = SYNC_API_URL;
  expect(await world.info(call.id)).toEqual(call);
  expect(await world.end(call.id, 'ann')).toMatchObject({ status: 200 });
}, 30_000);

test('a service that is not set up says what is missing, by name, and no value', async () => {
  const missing = ['ACCOUNT_SID', 'AUTH_TOKEN', 'TWILIO_API_SECRET', 'SYNC_SERVICE_SID'];
  for (const name of missing) delete world.foyer.environment[name];
  for (const { path, reply } of await everyRoute({ id: `call-${'x'.repeat(22)}` }, 'x')) {
    expect([path, reply.status]).toEqual([path, 500]);
    for (const name of missing) expect(reply.json.message).toContain(`${name} is missing`);
  }
  world.foyer.restore();
  Object.assign(world.foyer.environment, { CALLS_PROVIDER: 'pigeon', RING_TIMEOUT_SECONDS: '0' });
  const reply = await world.foyer.call('/calls/start', { callerId: 'ann', receiverId: 'ben' });
  expect([reply.status, reply.json.message]).toEqual([
    500,
    expect.stringMatching(/CALLS_PROVIDER must be livekit or twilio; RING_TIMEOUT_SECONDS must be a whole/),
  ]);
});

test('without LiveKit calls are at Twilio Video, unless it was asked for', async () => {
  for (const name of ['LIVEKIT_API_KEY', 'LIVEKIT_API_SECRET', 'LIVEKIT_URL'])
    world.foyer.environment[name] = '';
  await Promise.all([world.sync('ann'), world.sync('ben')]);
  const { id } = await world.ongoing('ann', 'ben');
  expect((await world.foyer.call('/token', { room: id, id: 'ann' })).json).toMatchObject({
    provider: 'twilio',
  });
  await world.end(id, 'ann');
  world.foyer.environment['CALLS_PROVIDER'] = 'livekit';
  const asked = await world.foyer.call('/calls/start', { callerId: 'ann', receiverId: 'ben' });
  expect([asked.status, asked.json.message]).toEqual([
    500,
    expect.stringMatching(/LIVEKIT_API_KEY is missing/),
  ]);
});
