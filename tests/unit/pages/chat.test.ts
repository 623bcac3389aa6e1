/** The chat of a stay: order, doubles, floods, lost connections and reloads, over a channel that fails when told to. */
import type { Signal, signal as createSignal } from '@preact/signals';
import type { Participant } from '../../../src/assets/media/media';
import type * as Chats from '../../../src/assets/room/chat/chat';
import type * as KeptLogs from '../../../src/assets/room/chat/kept-log';
import { pageCode } from '../../support/page-code';

/** As much of a tab as a chat knows: it can be hidden, and keeps things over a reload. */
class Tab extends EventTarget {
  visibilityState = 'visible';
}
const stored = new Map<string, string>();
const tab = new Tab();
Object.assign(globalThis, {
  document: tab,
  sessionStorage: {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => stored.set(key, value),
    removeItem: (key: string) => stored.delete(key),
  },
});

const { createChat, forgetChat, signal } = pageCode(
  'room/chat/chat',
  'room/chat/kept-log',
  '../../node_modules/@preact/signals',
) as typeof Chats & typeof KeptLogs & { readonly signal: typeof createSignal };

const ANN = person('ann', 'Ann');
const BEN = person('ben', 'Ben');

function person(id: string, name: string): Participant {
  const [camera, screen, microphone, quality] = [undefined, undefined, undefined, undefined];
  return {
    id,
    name,
    isHost: false,
    camera,
    screen,
    microphone,
    isMuted: true,
    isReconnecting: false,
    quality,
  };
}

interface Seat {
  readonly chat: Chats.RunningChat;
  readonly connection: Signal<'connected' | 'reconnecting'>;
  /** What the channel was given. */
  readonly sent: string[];
  /** Set: the channel takes nothing. */
  fault: Error | undefined;
  texts(): string[];
  states(): string[];
}

let seats: Seat[] = [];

/** Somebody in the room; what they send reaches everybody who sits there, after the channel's own time. */
function sit(self: Participant, room = 'room-1'): Seat {
  const connection = signal<'connected' | 'reconnecting'>('connected');
  const sent: string[] = [];
  const sendData = async (text: string): Promise<void> => {
    await Promise.resolve();
    if (seat.fault) throw seat.fault;
    sent.push(text);
    for (const other of seats) if (other !== seat) other.chat.hear(self.id, text);
  };
  const participants = signal([ANN, BEN].filter(({ id }) => id !== self.id));
  const chat = createChat({ room, self, participants, connection, sendData });
  const seat: Seat = {
    chat,
    connection,
    sent,
    fault: undefined,
    texts: () => chat.messages.value.map(({ text }) => text),
    states: () => chat.messages.value.map(({ state }) => state),
  };
  seats.push(seat);
  return seat;
}

const said = (id: string, text = id): string => JSON.stringify({ v: 1, type: 'chat', id, text });
const later = (ms: number): Promise<void> => jest.advanceTimersByTimeAsync(ms);

beforeEach(() => {
  jest.useFakeTimers();
  seats = [];
  stored.clear();
  tab.visibilityState = 'visible';
});
afterEach(() => {
  for (const { chat } of seats) chat.stop(true);
  jest.useRealTimers();
});

test('messages reach everybody in the order in which they were written, with who and when', async () => {
  const [ann, ben] = [sit(ANN), sit(BEN)];
  for (const text of ['one', 'two', 'three']) ann.chat.send(text);
  expect(ann.states()).toEqual(['sending', 'sending', 'sending']);
  await later(200);
  expect(ann.states()).toEqual(['sent', 'sent', 'sent']);
  expect(ben.texts()).toEqual(['one', 'two', 'three']);
  expect(ben.chat.messages.value[0]).toMatchObject({
    from: 'ann',
    name: 'Ann',
    own: false,
    at: Date.now() - 200,
  });
});

test('what is new is counted until it was looked at; what one writes oneself is not new', async () => {
  const [ann, ben] = [sit(ANN), sit(BEN)];
  ann.chat.send('one');
  ann.chat.send('two');
  await later(200);
  expect([ann.chat.unread.value, ben.chat.unread.value]).toEqual([0, 2]);
  ben.chat.seen();
  expect(ben.chat.unread.value).toBe(0);
});

test('the same message twice is one; the same id from somebody else is another', async () => {
  const ben = sit(BEN);
  for (const from of ['ann', 'ann', 'eve']) ben.chat.hear(from, said('message-1', from));
  await later(200);
  ben.chat.hear('ann', said('message-1', 'again'));
  await later(200);
  expect(ben.texts()).toEqual(['ann', 'eve']);
});

test('nobody can write in the name of another, nor in one’s own', async () => {
  const ben = sit(BEN);
  ben.chat.send('mine');
  await later(0);
  const id = ben.chat.messages.value[0]?.id ?? '';
  ben.chat.hear('ann', said(id, 'not yours'));
  ben.chat.hear('ben', said('message-1', 'never said'));
  await later(200);
  expect(ben.chat.messages.value.map(({ text, own, name }) => [text, own, name])).toEqual([
    ['mine', true, 'Ben'],
    ['not yours', false, 'Ann'],
  ]);
});

test('what cannot be sent says so, can be sent again, and is then the newest, once', async () => {
  const [ann, ben] = [sit(ANN), sit(BEN)];
  ann.fault = new Error('no way');
  ann.chat.send('one');
  await later(0);
  expect(ann.states()).toEqual(['failed']);
  ann.fault = undefined;
  ann.chat.send('two');
  await later(0);
  const failed = ann.chat.messages.value[0]?.id ?? '';
  ann.chat.again(failed);
  ann.chat.again(failed);
  await later(200);
  expect(ann.texts()).toEqual(['two', 'one']);
  expect(ann.states()).toEqual(['sent', 'sent']);
  expect(ben.texts()).toEqual(['two', 'one']);
});

test('what is written while the connection is away waits for it, in order', async () => {
  const [ann, ben] = [sit(ANN), sit(BEN)];
  ann.connection.value = 'reconnecting';
  ann.chat.send('one');
  ann.chat.send('two');
  await later(30_000);
  expect(ann.states()).toEqual(['sending', 'sending']);
  ann.connection.value = 'connected';
  ann.chat.send('three');
  await later(200);
  expect(ben.texts()).toEqual(['one', 'two', 'three']);
});

test('a message that the connection was lost under goes first when it is back, and nobody has it twice', async () => {
  const [ann, ben] = [sit(ANN), sit(BEN)];
  ann.fault = new Error('gone');
  ann.chat.send('one');
  ann.connection.value = 'reconnecting';
  ann.chat.send('two');
  await later(5_000);
  expect(ann.states()).toEqual(['sending', 'sending']);
  ann.fault = undefined;
  ann.connection.value = 'connected';
  await later(200);
  for (const raw of ann.sent) ben.chat.hear('ann', raw);
  await later(200);
  expect(ben.texts()).toEqual(['one', 'two']);
});

test('a channel that never answers holds nobody up for ever', async () => {
  const ann = sit(ANN);
  const silent = createChat({
    room: 'room-2',
    self: BEN,
    participants: signal([ANN]),
    connection: ann.connection,
    sendData: () => new Promise(() => undefined),
  });
  silent.send('one');
  await later(20_000);
  expect(silent.messages.value[0]?.state).toBe('failed');
  silent.stop(true);
});

test('whoever writes fast is slowed down, so that nothing of it is lost', async () => {
  const [ann, ben] = [sit(ANN), sit(BEN)];
  for (let count = 1; count <= 40; count += 1) ann.chat.send(`${count}`);
  await later(5_000);
  expect(ann.sent.length).toBeLessThan(20);
  await later(60_000);
  expect(ben.texts()).toEqual(ann.texts());
  expect(ben.texts()).toHaveLength(40);
});

test('a flood costs little, draws the page seldom, and drowns nobody else', async () => {
  const ben = sit(BEN);
  let drawn = 0;
  const stop = ben.chat.messages.subscribe(() => (drawn += 1));
  const begun = performance.now();
  for (let count = 0; count < 100_000; count += 1) ben.chat.hear('eve', said(`message-${count}`));
  expect(performance.now() - begun).toBeLessThan(1_000);
  ben.chat.hear('ann', said('message-a', 'Can you hear me?'));
  await later(200);
  expect(ben.texts().at(-1)).toBe('Can you hear me?');
  expect(ben.texts().length).toBeLessThanOrEqual(61);
  expect(drawn).toBeLessThanOrEqual(3);
  stop();
});

test('the log ends somewhere', async () => {
  const ben = sit(BEN);
  for (let count = 0; count < 400; count += 1) {
    ben.chat.hear('ann', said(`message-${count}`));
    await later(1_000);
  }
  expect(ben.texts()).toHaveLength(300);
  expect(ben.texts().at(-1)).toBe('message-399');
  expect(ben.chat.unread.value).toBe(300);
});

test('nothing is heard or sent after the stay', async () => {
  const [ann, ben] = [sit(ANN), sit(BEN)];
  ben.chat.stop(true);
  ann.chat.send('one');
  ben.chat.send('two');
  await later(1_000);
  expect(ben.texts()).toEqual([]);
  expect(ann.texts()).toEqual(['one']);
});

describe('a reload', () => {
  test('keeps what was said, what is new and what was being written', async () => {
    const [ann, ben] = [sit(ANN), sit(BEN)];
    ann.chat.send('one');
    await later(200);
    ben.chat.send('two');
    await later(200);
    ben.chat.draft.value = 'three, nearly';
    ben.chat.stop(false);
    const again = sit(BEN);
    expect(again.texts()).toEqual(['one', 'two']);
    expect(again.chat.unread.value).toBe(1);
    expect(again.chat.draft.value).toBe('three, nearly');
    again.chat.hear('ann', ann.sent[0] ?? '');
    await later(200);
    expect(again.texts()).toEqual(['one', 'two']);
  });

  test('lets what was under way be sent again', () => {
    const ann = sit(ANN);
    ann.connection.value = 'reconnecting';
    ann.chat.send('one');
    ann.chat.stop(false);
    expect(sit(ANN).states()).toEqual(['failed']);
  });

  test('is survived by what was there when the tab was put away, as phones do without a word', async () => {
    const [ann, ben] = [sit(ANN), sit(BEN)];
    ann.chat.send('one');
    await later(200);
    tab.visibilityState = 'hidden';
    tab.dispatchEvent(new Event('visibilitychange'));
    seats = seats.filter((seat) => seat !== ben);
    expect(sit(BEN).texts()).toEqual(['one']);
  });

  test('into another room finds nothing, and leaves nothing behind', async () => {
    const [ann, ben] = [sit(ANN), sit(BEN)];
    ann.chat.send('one');
    await later(200);
    ben.chat.stop(false);
    expect(sit(BEN, 'room-2').texts()).toEqual([]);
    expect(stored.size).toBe(0);
  });

  test('of what somebody else has put there finds nothing', () => {
    stored.set('foyer.chat.1', '{"room":"room-1"');
    expect(sit(BEN).texts()).toEqual([]);
  });
});

test('a stay that is over leaves nothing in the tab', async () => {
  const [ann, ben] = [sit(ANN), sit(BEN)];
  ann.chat.send('one');
  await later(200);
  ben.chat.stop(false);
  expect(stored.size).toBe(1);
  const again = sit(BEN);
  again.chat.stop(true);
  expect(stored.size).toBe(0);
  ann.chat.stop(false);
  expect(stored.size).toBe(1);
  forgetChat();
  expect(stored.size).toBe(0);
});

test('what is kept has an end, and its newest part', async () => {
  const ben = sit(BEN);
  for (let count = 0; count < 150; count += 1) {
    ben.chat.hear('ann', said(`message-${count}`, `${count} ${'x'.repeat(1_900)}`));
    await later(1_000);
  }
  ben.chat.stop(false);
  expect([...stored.values()].join('').length).toBeLessThan(300_000);
  expect(sit(BEN).texts().at(-1)).toMatch(/^149 /);
});
