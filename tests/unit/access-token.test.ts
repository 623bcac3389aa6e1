/** Our access tokens against those of the vendor's own server SDK. */
import { createHmac } from 'node:crypto';
import AccessToken, { SyncGrant, VideoGrant } from 'twilio/lib/jwt/AccessToken';
import { accessToken } from '../../src/adapters/twilio/access-token';

const account = {
  accountSid: `AC${'1'.repeat(32)}`,
  authToken: '2'.repeat(32),
  apiKey: `SK${'3'.repeat(32)}`,
  apiSecret: 'größer 🚪 secret',
};
const options = { identity: 'Zoë.🚪', ttl: 3600 };

const partsOf = (jwt: string) => {
  const [header = '', payload = '', signature = ''] = jwt.split('.');
  const read = (part: string): unknown => JSON.parse(Buffer.from(part, 'base64url').toString());
  return { header: read(header), payload: read(payload), signed: `${header}.${payload}`, signature };
};

beforeEach(() => jest.useFakeTimers({ now: 1_790_000_000_123 }));
afterEach(() => jest.useRealTimers());

test.each([
  ['video', { video: { room: 'RM1' } }, new VideoGrant({ room: 'RM1' })],
  ['Sync', { data_sync: { service_sid: 'IS1' } }, new SyncGrant({ serviceSid: 'IS1' })],
])('a token for %s says exactly what one of the SDK says', (_, grants, grant) => {
  const theirs = new AccessToken(account.accountSid, account.apiKey, account.apiSecret, options);
  theirs.addGrant(grant);
  const [a, b] = [partsOf(accessToken(account, { ...options, grants })), partsOf(theirs.toJwt())];
  expect(a.header).toEqual(b.header);
  expect(a.payload).toEqual(b.payload);
});

test('both are signed by the API secret in the same way', () => {
  const theirs = new AccessToken(account.accountSid, account.apiKey, account.apiSecret, options).toJwt();
  for (const jwt of [accessToken(account, { ...options, grants: {} }), theirs]) {
    const { signed, signature } = partsOf(jwt);
    expect(createHmac('sha256', account.apiSecret).update(signed).digest('base64url')).toBe(signature);
  }
});
