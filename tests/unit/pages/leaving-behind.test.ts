/** What was left goes on nowhere: a room one went from on the way in, a desk that is closed, a line of a page put away. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import type { CallResponse, CallStatus, UserEntry } from '../../../src/api/calls';
import type * as LineCode from '../../../src/assets/calls/line/line';
import type * as MeCode from '../../../src/assets/calls/me';
import type * as MissedCode from '../../../src/assets/calls/missed';
import type * as PhoneCode from '../../../src/assets/calls/phone';
import type * as StayCode from '../../../src/assets/rooms/stay';
import { pageCode } from '../../support/page-code';

const { createPhone, createMe, createMissedCalls } = pageCode(
  'calls/phone',
  'calls/me',
  'calls/missed',
) as typeof PhoneCode & typeof MeCode & typeof MissedCode;
const { createStay } = pageCode('rooms/stay') as typeof StayCode;
const { createLine } = pageCode('calls/line/line') as typeof LineCode;

const ann: UserEntry = { id: 'ann', name: 'Ann', location: '' };
const ben: UserEntry = { id: 'ben', name: 'Ben', location: '' };

let asked: string[];
let answers: Record<string, object>;
/** What became of camera and microphone, as asked for. */
let devices: string[];
const media = {
  isDecided: { value: true },
  resume: () => Promise.resolve(void devices.push('open')),
  close: () => void devices.push('closed'),
} as never;

function storage(): object {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
}

beforeEach(() => {
  asked = [];
  answers = {};
  devices = [];
  Object.assign(globalThis, {
    sessionStorage: storage(),
    localStorage: storage(),
    addEventListener: () => undefined,
    fetch: (path: string) => {
      asked.push(path);
      return Promise.resolve(Response.json(answers[path] ?? {}));
    },
  });
});
afterEach(() => void jest.useRealTimers());

describe('a phone that is closed', () => {
  const call = (status: CallStatus): CallResponse => ({
    id: 'call-1',
    caller: ann,
    receiver: ben,
    status,
    placedAt: new Date().toISOString(),
    expiresAt: new Date(Date.now() + 45_000).toISOString(),
  });
  const phone = (): PhoneCode.Phone =>
    createPhone({ me: ann, media, missed: createMissedCalls(ann.id), isPrompt: () => true });

  beforeEach(() => {
    jest.useFakeTimers();
    answers = { '/calls/start': call('DIALLING'), '/calls/info': call('DIALLING') };
  });

  async function closedWhileDialling(): Promise<PhoneCode.Phone> {
    const first = phone();
    first.ring(ben);
    await jest.advanceTimersByTimeAsync(0);
    expect(first.state.value.stage).toBe('dialling');
    first.close();
    return first;
  }

  test('leaves the call, and the camera, to the one that comes next', async () => {
    const first = await closedWhileDialling();
    const next = phone();
    await jest.advanceTimersByTimeAsync(0);
    expect(next.state.value.stage).toBe('dialling');
    expect(devices).toEqual(['open', 'closed', 'open']);
    first.told(call('ENDED'));
    await jest.advanceTimersByTimeAsync(0);
    expect(devices).toEqual(['open', 'closed', 'open']);
    expect(phone().isResuming.value).toBe(true);
  });

  test('looks at nothing any more', async () => {
    await closedWhileDialling();
    asked = [];
    await jest.advanceTimersByTimeAsync(3_600_000);
    expect(asked).toEqual([]);
  });
});

test('who has gone from the way into a room before the browser asked for the camera does not come in by the answer', async () => {
  const said: string[] = [];
  const line = {
    join: () => said.push('join'),
    leave: () => said.push('leave'),
    renew: () => undefined,
  } as never;
  answers = { '/rooms/token': { token: 'a', userId: 'ann:Ann', roomId: 'room-1', provider: 'livekit' } };
  const me = createMe();
  me.introduce('Ann', '');
  const stay = createStay({ roomId: 'room-1', me, media, line });
  await new Promise<void>((resolve) => {
    stay.state.subscribe(({ stage }) => stage === 'preparing' && resolve());
  });
  stay.close();
  const before = [...asked];
  stay.go();
  expect(stay.state.value.stage).toBe('preparing');
  expect(asked).toEqual(before);
  expect(said).not.toContain('join');
  expect(devices.at(-1)).toBe('closed');
});

describe('a line', () => {
  let server: WebSocketServer;
  beforeEach(async () => {
    server = new WebSocketServer({ port: 0, host: 'localhost' });
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    Object.assign(globalThis, { WebSocket, location: { href: `http://localhost:${port}/calls.html` } });
  });
  afterEach(async () => {
    for (const socket of server.clients) socket.terminate();
    await new Promise((closed) => server.close(closed));
  });

  test('of a page that is brought back as soon as it was left is opened again', async () => {
    const line = createLine(ann, { told: () => undefined, refused: () => undefined });
    await new Promise<void>((resolve) => {
      line.state.subscribe((state) => state === 'live' && resolve());
    });
    line.close();
    const again = once(server, 'connection');
    line.renew();
    await again;
    line.close();
  });
});
