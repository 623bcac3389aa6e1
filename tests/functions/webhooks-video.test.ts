/** POST /webhooks/video: rooms stay closed to those who were removed, whatever token they still hold. */
import { Tab } from '../emulator/twilio-video-tab';
import { type Runtime, startRuntime } from '../support/runtime';

let foyer: Runtime;
const tabs: Tab[] = [];
beforeAll(async () => {
  foyer = await startRuntime();
});
afterAll(async () => {
  for (const tab of tabs) tab.close();
  await foyer.close();
});

const connect = async (joined: { token: string; room_id: string }): Promise<Tab> => {
  const tab = await Tab.join(foyer.videoOrigin, { token: joined.token, name: joined.room_id });
  tabs.push(tab);
  return tab;
};

test('a guest who was removed and connects with a token from before is put out again', async () => {
  const { meeting_id } = await foyer.ok('/admin/create');
  const ann = await foyer.ok('/user/enter-waiting-room', { meeting_id, name: 'Ann' });
  const bob = await foyer.ok('/user/enter-waiting-room', { meeting_id, name: 'Bob' });
  const { room_id } = await foyer.ok('/admin/join', { meeting_id });
  const joined = await foyer.ok('/user/join', { meeting_id, room_id, identity: ann.identity });
  const other = await connect(await foyer.ok('/user/join', { meeting_id, room_id, identity: bob.identity }));

  await foyer.ok('/admin/remove', { meeting_id, guest_id: joined.identity.split(':')[0] });
  const back = await connect(joined);
  await back.until(() => back.phase === 'disconnected');
  expect(back.ending).toEqual({});
  expect(other.phase).toBe('connected');
});

test('only the vendor may tell', async () => {
  const event = { StatusCallbackEvent: 'participant-connected', RoomSid: 'RM1', RoomName: 'meeting-ET1' };
  const reply = await foyer.call('/webhooks/video', event, { as: 'form' });
  expect([reply.status, reply.json]).toEqual([403, { message: expect.stringMatching(/not signed/) }]);
});

test('what is no form cannot be signed, whatever is made of it', async () => {
  const reply = await foyer.call(
    '/webhooks/video',
    { StatusCallbackEvent: { toString: {} } },
    { as: 'json' },
  );
  expect([reply.status, reply.json]).toEqual([403, { message: expect.stringMatching(/not signed/) }]);
});
