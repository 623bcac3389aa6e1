/** Does what the guest's state (flow.ts) asks for: enters, watches, joins, asks again, and gives up. */
import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { enterWaitingRoom, joinAsGuest, leaveWaitingRoom } from '../api/guest-calls';
import { reasonOf } from '../api/refusal';
import type { OwnMedia } from '../devices/own-media';
import { kept } from '../keep/kept';
import { type GuestPass, loadLobby, type Watch } from '../lobby/lobby';
import { JoinFailure } from '../media/media';
import { enterRoom, type RoomSession } from '../room/session';
import { type GuestEvent, type GuestState, isPassing, nextGuestState } from './flow';

/** Between tries while the server cannot be reached, doubled each time up to the last. */
const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 15_000;
/** After so long without a sign of life, what we know may be old. */
const STALE_MS = 60_000;

export interface Guest {
  readonly meetingId: string;
  readonly state: ReadonlySignal<GuestState>;
  /** The waiting room's live connection. */
  readonly connection: ReadonlySignal<'live' | 'lost'>;
  readonly room: ReadonlySignal<RoomSession | undefined>;
  readonly name: Signal<string>;
  readonly ask: () => void;
  readonly again: () => void;
  readonly leave: () => void;
  /** The browser woke up, or has its network back. */
  readonly wake: () => void;
}

export function createGuest(meetingId: string, media: OwnMedia): Guest {
  const ticket = kept(`${meetingId}.ticket`);
  const keptName = kept('name');
  const name = signal(keptName.read() ?? '');
  const state = signal<GuestState>({ stage: ticket.read() === undefined ? 'preparing' : 'checking' });
  const connection = signal<'live' | 'lost'>('live');
  const room = signal<RoomSession>();
  let watch: Watch | undefined;
  let retryMs = FIRST_RETRY_MS;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let lastContact = 0;
  let lastEntry = 0;
  /** Answers to earlier questions are not listened to any more. */
  let question = 0;

  const dispatch = (event: GuestEvent): void => {
    const before = state.value;
    const now = nextGuestState(before, event);
    if (now === before) return;
    state.value = now;
    if (now.stage !== before.stage) arrive(now, before);
  };

  /** What each stage does when it begins. */
  const arrive = (now: GuestState, before: GuestState): void => {
    if (before.stage === 'inRoom' || before.stage === 'joining') endCall(now);
    if (now.stage === 'asking' || now.stage === 'checking') void enter();
    if (now.stage === 'joining' && now.roomId !== undefined) void join(now.roomId);
    if (now.stage === 'inRoom' || now.stage === 'over' || now.stage === 'preparing') stopWatching();
    if (now.stage === 'over') media.close();
  };

  const endCall = (now: GuestState): void => {
    if (now.stage === 'inRoom') return;
    room.value?.leave();
    room.value = undefined;
  };

  const stopWatching = (): void => {
    question += 1;
    clearTimeout(retryTimer);
    watch?.close();
    watch = undefined;
    connection.value = 'live';
  };

  const enter = async (): Promise<void> => {
    const mine = (question += 1);
    clearTimeout(retryTimer);
    const held = ticket.read();
    try {
      const entered = await enterWaitingRoom(
        meetingId,
        held === undefined ? { name: name.value.trim() } : { ticket: held },
      );
      if (mine !== question) return;
      ticket.keep(entered.identity);
      lastContact = lastEntry = Date.now();
      retryMs = FIRST_RETRY_MS;
      dispatch({ type: 'entered' });
      if (state.value.stage === 'waiting') await startWatching(entered, mine);
    } catch (error) {
      if (mine !== question) return;
      const reason = reasonOf(error);
      if (reason === 'staleTicket' || reason === 'noSuchMeeting') ticket.forget();
      dispatch({ type: 'refused', reason });
      const { stage, trouble } = state.value;
      if ((stage === 'checking' || stage === 'waiting') && isPassing(trouble)) retryLater();
    }
  };

  const retryLater = (): void => {
    clearTimeout(retryTimer);
    connection.value = 'lost';
    retryTimer = setTimeout(() => void enter(), retryMs);
    retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
  };

  /** At once, unless the pass was just renewed: then something else is wrong. */
  const renew = (): void => {
    if (Date.now() - lastEntry > LAST_RETRY_MS) void enter();
    else retryLater();
  };

  const startWatching = async (pass: GuestPass, mine: number): Promise<void> => {
    const lobby = await loadLobby().catch(() => undefined);
    if (mine !== question) return;
    if (!lobby) return retryLater();
    watch?.close();
    watch = lobby.watchAsGuest(pass, {
      shown: (view) => {
        lastContact = Date.now();
        dispatch({ type: 'shown', view });
      },
      connection: (now) => {
        connection.value = now;
        if (now === 'live') retryMs = FIRST_RETRY_MS;
      },
      expired: renew,
    });
  };

  const join = async (roomId: string): Promise<void> => {
    const isWanted = (): boolean => state.value.stage === 'joining' && state.value.roomId === roomId;
    try {
      const pass = await joinAsGuest(meetingId, roomId, ticket.read() ?? '');
      if (!isWanted()) return;
      const session = await enterRoom(pass, media, (why) => dispatch({ type: 'out', why }));
      if (!isWanted()) return session.leave();
      room.value = session;
      dispatch({ type: 'joined' });
    } catch (error) {
      if (!isWanted()) return;
      if (error instanceof JoinFailure) dispatch({ type: 'out', why: error.why });
      else dispatch({ type: 'refused', reason: reasonOf(error) });
    }
  };

  const { stage } = state.value;
  if (stage === 'checking') void enter();

  return {
    meetingId,
    state,
    connection,
    room,
    name,
    ask() {
      keptName.keep(name.value.trim());
      dispatch({ type: 'ask' });
    },
    again() {
      void media.resume();
      dispatch({ type: ticket.read() === undefined ? 'ask' : 'again' });
    },
    leave() {
      const held = ticket.read();
      const wasWaiting = state.value.stage !== 'inRoom';
      dispatch({ type: 'leave' });
      // The list forgets us by itself as well, only later.
      if (wasWaiting && held !== undefined) void leaveWaitingRoom(meetingId, held).catch(() => undefined);
    },
    wake() {
      const { stage } = state.value;
      if (stage !== 'waiting' && stage !== 'checking') return;
      if (connection.value === 'lost' || Date.now() - lastContact > STALE_MS) void enter();
    },
  };
}
