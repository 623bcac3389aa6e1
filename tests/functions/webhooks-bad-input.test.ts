/** Vendors' webhooks: whoever pretends to be the vendor gets nowhere, whatever is sent. */
import { lineIn, refusesBadRequests, type Subject, survivesWhateverComes } from '../support/bad-input';
import { type Runtime, startRuntime } from '../support/runtime';

let foyer: Runtime;
beforeAll(async () => {
  foyer = await startRuntime();
});
afterEach(() => foyer.restore());
afterAll(() => foyer.close());

const subject: Subject = {
  foyer: () => foyer,
  families: ['service'],
  below: '/webhooks/',
  table: {
    '/webhooks/sync': { EventType: { bad: [] }, Identity: { bad: [] } },
    '/webhooks/video': { StatusCallbackEvent: { bad: [] }, RoomSid: { bad: [] }, RoomName: { bad: [] } },
    '/webhooks/livekit-event': { event: { bad: [] }, room_name: { bad: [] } },
    '/webhooks/hundredms': { id: { bad: [] }, type: { bad: [] }, timestamp: { bad: [] }, data: { bad: [] } },
  },
  right: () => ({ EventType: 'endpoint_connected', StatusCallbackEvent: 'participant-connected' }),
  lineOf: lineIn('message'),
};

refusesBadRequests(subject);
survivesWhateverComes(subject);

test('without a signature nothing is taken, and no vendor is asked', async () => {
  const before = JSON.stringify([foyer.sync.stats.rest, foyer.video.stats]);
  for (const path of Object.keys(subject.table)) {
    for (const parameters of [{}, subject.right()]) {
      expect((await foyer.call(path, parameters)).status).toBe(403);
    }
  }
  expect(JSON.stringify([foyer.sync.stats.rest, foyer.video.stats])).toBe(before);
});
