/** One exchange with a vendor: it ends in time, whatever the vendor does, and leaves nothing behind. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exchange } from '../../src/upstream/exchange';

const TIMEOUT_MS = 200;

/** What we have of a vendor that answers so. */
async function answered(answer: (response: ServerResponse) => void): Promise<unknown> {
  const server = createServer((_, response) => answer(response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  try {
    return await exchange(url, { method: 'GET', headers: {}, timeoutMs: TIMEOUT_MS });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

test('an answer comes whole, and its timer is taken back', async () => {
  const [begun, ended] = [jest.spyOn(globalThis, 'setTimeout'), jest.spyOn(globalThis, 'clearTimeout')];
  const answer = await answered((response) => {
    response.write('half ');
    setImmediate(() => response.end('and half'));
  });
  expect(answer).toEqual({ status: 200, body: 'half and half' });
  const ours = begun.mock.calls.findIndex(([, ms]) => ms === TIMEOUT_MS);
  const { value: timer } = begun.mock.results[ours] as { value: NodeJS.Timeout };
  expect(ended.mock.calls).toContainEqual([timer]);
});

test.each([
  ['says nothing', () => undefined],
  ['stops in the middle of its answer', (response: ServerResponse) => response.write('half')],
  [
    'hangs up in the middle of its answer',
    (response: ServerResponse) => {
      response.write('half', () => response.destroy());
    },
  ],
])('a vendor that %s has not answered, and is not waited for', async (_, answer) => {
  const begun = performance.now();
  await expect(answered(answer)).rejects.toThrow();
  expect(performance.now() - begun).toBeLessThan(2_000);
});
