/**
 * The live line of the rooms page: who is in the rooms that are looked at, told by a gateway as it happens, and one's
 * own presence in one of them. It is opened again as often as it breaks, and everything is said again then.
 */
import { batch, type ReadonlySignal, signal } from '@preact/signals';
import { type Reason, reasonOf } from '../api/refusal';
import { userToken } from '../api/user-token';
import { type GatewaySocket, openGatewaySocket } from '../live/gateway-socket';
import { createQuestions, type Question } from './questions';
import { eventIn, isPassing, type RoomLineEvent } from './wire';

/** Between tries, doubled each time up to the last, each spread out: many are cut off at the same moment. */
const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 15_000;
/** A gateway takes 300 rooms of one socket. */
const MOST_WATCHED = 200;

export interface RoomsLine {
  readonly state: ReadonlySignal<'connecting' | 'live' | 'lost'>;
  /** The ids of those who are in each room, of the rooms that the line knows about now. */
  readonly present: ReadonlySignal<ReadonlyMap<string, readonly string[]>>;
  watch(roomIds: readonly string[]): void;
  /** So many are said elsewhere to be there now; where the line knows of another number it asks how the room stands. */
  compare(roomId: string, count: number): void;
  /** Present there from now on, through all breaks of the line. */
  join(roomId: string, userId: string): void;
  /** Not any more; the others learn of it at once. */
  leave(): void;
  /** It may be dead without knowing, or there is another token: everything is opened and said again. */
  renew(): void;
  /** Who is lost that way has left after a grace. */
  close(): void;
}

export function createRoomsLine(): RoomsLine {
  const state = signal<'connecting' | 'live' | 'lost'>('connecting');
  const present = signal<ReadonlyMap<string, readonly string[]>>(new Map());
  const watched = new Set<string>();
  let joined: { readonly roomId: string; readonly userId: string } | undefined;
  let socket: GatewaySocket | undefined;
  let retryMs = FIRST_RETRY_MS;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** What earlier sockets bring is not listened to any more. */
  let attempt = 0;
  const questions = createQuestions({
    say: (message) => socket?.say(message),
    isWanted: ({ event, roomId }) =>
      event === 'watch' ? watched.has(roomId) : joined !== undefined && joined.roomId === roomId,
    // Then it is not known who is there; why, the way into the room says.
    refused: () => undefined,
  });

  const open = async (): Promise<void> => {
    const mine = (attempt += 1);
    clearTimeout(timer);
    socket?.close();
    socket = undefined;
    try {
      const fresh = await openGatewaySocket(
        { access_token: userToken() },
        {
          heard: (message) => mine === attempt && hear(eventIn(message)),
          over: () => mine === attempt && lost(),
        },
      );
      if (mine !== attempt) return fresh.close();
      socket = fresh;
      state.value = 'live';
      sayAll();
    } catch (error) {
      if (mine === attempt) lost(reasonOf(error));
    }
  };

  const sayAll = (): void => {
    questions.forget();
    // Oneself first: the others wait for that.
    if (joined) questions.ask({ event: 'join', ...joined });
    for (const roomId of watched) questions.ask({ event: 'watch', roomId });
  };

  const lost = (reason: Reason = 'offline'): void => {
    batch(() => {
      state.value = 'lost';
      present.value = new Map();
    });
    socket = undefined;
    questions.forget();
    if (!isPassing(reason)) return;
    timer = setTimeout(() => void open(), retryMs * (0.5 + Math.random()));
    retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
  };

  const hear = (event: RoomLineEvent | undefined): void => {
    if (event === undefined) return;
    if (event.type === 'error') return questions.refusedWith(event.message);
    const { roomId } = event;
    const before = present.value.get(roomId);
    if (event.type === 'room') {
      retryMs = FIRST_RETRY_MS;
      questions.answered(roomId);
      present.value = new Map(present.value).set(roomId, event.userIds);
    } else if (before) {
      const others = before.filter((one) => one !== event.userId);
      const now = event.action === 'joined' ? [...others, event.userId] : others;
      // Who is told to be where they are already stays in their place.
      if (now.length !== before.length) present.value = new Map(present.value).set(roomId, now);
    }
  };

  const ask = (question: Question): void => {
    if (state.value === 'live') questions.ask(question);
  };

  void open();
  return {
    state,
    present,
    watch(roomIds) {
      const wanted = new Set(roomIds.slice(0, MOST_WATCHED));
      for (const roomId of watched) if (!wanted.has(roomId)) watched.delete(roomId);
      for (const roomId of wanted) {
        if (watched.has(roomId)) continue;
        watched.add(roomId);
        ask({ event: 'watch', roomId });
      }
    },
    compare(roomId, count) {
      const known = present.value.get(roomId);
      if (known && known.length !== count && watched.has(roomId)) ask({ event: 'watch', roomId });
    },
    join(roomId, userId) {
      if (joined && (joined.roomId !== roomId || joined.userId !== userId)) this.leave();
      joined = { roomId, userId };
      ask({ event: 'join', roomId, userId });
    },
    leave() {
      if (joined) ask({ event: 'leave', ...joined });
      joined = undefined;
    },
    renew() {
      retryMs = FIRST_RETRY_MS;
      void open();
    },
    close() {
      attempt += 1;
      clearTimeout(timer);
      socket?.close();
      socket = undefined;
      state.value = 'lost';
    },
  };
}
