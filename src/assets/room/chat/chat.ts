/** The chat of one stay in a room: what was said while one was there, and what one says. */
import { effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Participant } from '../../media/media';
import type { RunningSideTalk, SideTalkOptions } from '../side-talk';
import { envelope, readEnvelope } from './envelope';
import { forgetChat, keepLog, readLog } from './kept-log';
import { type Message, MOST_MESSAGES } from './message';
import { createOutbox } from './outbox';
import { createPace, HEARD, type Pace } from './pace';
import { isVisible, plain } from './plain';

export interface Chat {
  /** In the order in which they came or were sent. */
  readonly messages: ReadonlySignal<readonly Message[]>;
  /** How many of the others' were not looked at yet: the last ones. */
  readonly unread: ReadonlySignal<number>;
  /** What is being written. */
  readonly draft: Signal<string>;
  /** To everybody who is there. What cannot be sent now is sent when the connection is back, in its turn. */
  send(text: string): void;
  /** Once more what could not be sent. */
  again(id: string): void;
  /** All there is was looked at. */
  seen(): void;
}

export interface ChatOptions extends SideTalkOptions {
  readonly self: Pick<Participant, 'id' | 'name' | 'isHost'>;
}

export interface RunningChat extends Chat, RunningSideTalk {}

/** However many come at once, the page is drawn anew this often. */
const DRAWN_EVERY_MS = 100;

export function createChat({ room, self, participants, connection, sendData }: ChatOptions): RunningChat {
  const before = readLog(room);
  const messages = signal(before.messages);
  const unread = signal(before.unread);
  const draft = signal(before.draft);
  const paces = new Map<string, Pace>();
  const heard: Message[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isStopped = false;

  const settle = (id: string, state: 'sent' | 'failed'): void => {
    messages.value = messages.value.map((one) => (one.own && one.id === id ? { ...one, state } : one));
  };
  const outbox = createOutbox({
    deliver: (message) => sendData(envelope(message)),
    isConnected: () => connection.value === 'connected',
    settled: settle,
  });
  const post = (message: Message): void => {
    messages.value = [...messages.value.filter(({ id }) => id !== message.id), message].slice(-MOST_MESSAGES);
    outbox.put(message);
  };

  const draw = (): void => {
    timer = undefined;
    if (heard.length === 0) return;
    const known = new Set(messages.value.map(({ id }) => id));
    const fresh = heard.splice(0).filter(({ id }) => !known.has(id) && known.add(id));
    messages.value = [...messages.value, ...fresh].slice(-MOST_MESSAGES);
    unread.value = Math.min(unread.value + fresh.length, MOST_MESSAGES);
    timer = setTimeout(draw, DRAWN_EVERY_MS);
  };

  const hear = (from: string, raw: string): void => {
    const pace = paces.get(from) ?? createPace(HEARD);
    paces.set(from, pace);
    if (isStopped || from === self.id || pace.take() > 0) return;
    const said = readEnvelope(raw);
    if (!said) return;
    const { name = '', isHost = false } = participants.peek().find(({ id }) => id === from) ?? {};
    // Nobody can take the place of another's message by guessing what it is called.
    const id = `${from}/${said.id}`;
    heard.push({ id, from, name, isHost, text: said.text, at: Date.now(), own: false, state: 'sent' });
    if (timer === undefined) draw();
  };

  const keep = (): void =>
    keepLog(room, { messages: messages.value, unread: unread.value, draft: draft.value });
  const hidden = (): void => {
    if (document.visibilityState === 'hidden') keep();
  };
  document.addEventListener('visibilitychange', hidden);
  const stopFlowing = effect(() => {
    if (connection.value === 'connected') outbox.flow();
  });

  return {
    messages,
    unread,
    draft,
    hear,
    send(text) {
      const shown = plain(text);
      if (isStopped || !isVisible(shown)) return;
      const { id: from, name, isHost } = self;
      post({
        id: newId(),
        from,
        name,
        isHost,
        text: shown,
        at: Date.now(),
        own: true,
        state: 'sending',
      });
    },
    again(id) {
      const failed = messages.value.find((one) => one.own && one.id === id && one.state === 'failed');
      if (failed && !isStopped) post({ ...failed, at: Date.now(), state: 'sending' });
    },
    seen: () => (unread.value = 0),
    stop(isOver) {
      if (isStopped) return;
      isStopped = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', hidden);
      stopFlowing();
      outbox.close();
      if (isOver) forgetChat();
      else keep();
    },
  };
}

/** Unlike `randomUUID` also there on pages that came by plain http. */
const newId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  );
