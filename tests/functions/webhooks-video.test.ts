/** POST /webhooks/video: rooms stay closed to those who were removed, whatever token they still hold. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
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

test('on Twilio the vendor calls the service by its own name, whatever a caller claims to have come by', async () => {
  const asked: URLSearchParams[] = [];
  // Takes the place of the emulator, which would call.
  const vendor = createServer((req, res) => {
    let form = '';
    req.on('data', (chunk: Buffer) => (form += chunk.toString()));
    req.on('end', () => {
      asked.push(new URLSearchParams(form));
      res.writeHead(201, { 'content-type': 'application/json' }).end(`{"sid":"RM${'0'.repeat(32)}"}`);
    });
  });
  await new Promise<void>((resolve) => vendor.listen(0, '127.0.0.1', resolve));
  foyer.environment['VIDEO_API_URL'] = `http://127.0.0.1:${(vendor.address() as AddressInfo).port}`;
  foyer.environment['DOMAIN_NAME'] = 'foyer-1234-dev.twil.io';

  const tunnel = { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' };
  await foyer.ok('/admin/join', await foyer.ok('/admin/create'), { headers: tunnel });
  delete foyer.environment['FRONT_PORT_SECRET'];
  const forged = { request: { headers: { host: 'evil.example' } } };
  await foyer.ok('/admin/join', { ...(await foyer.ok('/admin/create')), ...forged }, { via: 'functions' });

  const told = 'https://foyer-1234-dev.twil.io/webhooks/video';
  expect(asked.map((form) => form.get('StatusCallback'))).toEqual([told, told]);
  foyer.restore();
  vendor.closeAllConnections();
  vendor.close();
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
