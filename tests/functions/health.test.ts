/** What operators' own tools ask and read: is it there, which version, and whose trace does a line belong to. */
import { version } from '../../package.json';
import { type Runtime, startRuntime } from '../support/runtime';

let foyer: Runtime;
beforeAll(async () => {
  foyer = await startRuntime();
});
afterEach(() => foyer.restore());
afterAll(() => foyer.close());

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const SPAN = 'b7ad6b7169203331';

test('/health says that the service is there and which version it is, to anybody, and asks no vendor', async () => {
  const before = JSON.stringify(foyer.sync.stats);
  const reply = await foyer.call('/health');
  expect([reply.status, reply.json]).toEqual([200, { status: 'ok', version }]);
  expect(JSON.stringify(foyer.sync.stats)).toBe(before);
});

test('/health answers where nothing is set up yet', async () => {
  for (const name of ['TWILIO_API_SECRET', 'SYNC_SERVICE_SID']) foyer.environment[name] = '';
  expect((await foyer.call('/health')).status).toBe(200);
});

test.each(['front', 'functions'] as const)('a trace goes on in the log line (%s)', async (via) => {
  if (via === 'functions') delete foyer.environment['FRONT_PORT_SECRET'];
  foyer.printed();
  await foyer.call('/health', {}, { via, headers: { traceparent: `00-${TRACE}-${SPAN}-01` } });
  expect(foyer.printed().join('\n')).toMatch(new RegExp(`"trace_id":"${TRACE}"`));
});

test.each([
  '',
  'x',
  `00-${TRACE}-${SPAN}`,
  `ff-${TRACE}-${SPAN}-01`,
  `00-${'0'.repeat(32)}-${SPAN}-01`,
  `00-${TRACE}-${'0'.repeat(16)}-01`,
  `00-${TRACE.toUpperCase()}-${SPAN}-01`,
  `00-${TRACE}"-${SPAN}-01`,
])('what is no trace is left out of it: %s', async (traceparent) => {
  foyer.printed();
  await foyer.call('/health', {}, { headers: { traceparent } });
  expect(foyer.printed().join('\n')).not.toMatch(/trace_id/);
});
