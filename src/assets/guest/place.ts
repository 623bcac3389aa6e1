/** The guest's place in the waiting room: taken, watched live, and taken again whenever that may have been lost. */
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { HostMessage } from '../../api/meetings';
import { enterWaitingRoom } from '../api/guest-calls';
import { type Reason, reasonOf } from '../api/refusal';
import type { Kept } from '../keep/kept';
import type { BoardView, GuestView } from '../lobby/guest-view';
import { type GuestPass, loadLobby, type Watch } from '../lobby/lobby';
import { inOrder } from './messages';
import { countBefore } from './queue';

/** Between tries while the server cannot be reached, doubled each time up to the last. */
const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 15_000;
const TICK_MS = 5_000;
/** What has not been live for so long may be old. A tab that is out of sight ticks once a minute. */
const STALE_MS = 90_000;

export interface Place {
  /** The live connection. */
  readonly connection: ReadonlySignal<'live' | 'lost'>;
  /** About how many are before; undefined where there is no order, or it is not known (yet). */
  readonly before: ReadonlySignal<number | undefined>;
  /** Whether everybody is let in once the host comes. */
  readonly isAuto: ReadonlySignal<boolean>;
  /** Of the host, newest first. */
  readonly messages: ReadonlySignal<readonly HostMessage[]>;
  /** Takes the place, or takes it again; never throws, see {@link Told}. */
  readonly enter: () => Promise<void>;
  /** Not now, but soon, and again and again. */
  readonly enterLater: () => void;
  readonly stop: () => void;
  /** Whether what is shown may have passed. */
  readonly isOld: () => boolean;
}

export interface Told {
  /** @returns whether it is to be watched */
  readonly entered: () => boolean;
  readonly refused: (reason: Reason) => void;
  readonly shown: (view: GuestView) => void;
  /** The connection was lost, and is live again. */
  readonly live: () => void;
}

/** @param who the guest's name, for one who comes for the first time */
export function createPlace(meetingId: string, ticket: Kept, who: () => string, told: Told): Place {
  const connection = signal<'live' | 'lost'>('live');
  const isAuto = signal(false);
  const number = signal<number>();
  const board = signal<BoardView>();
  const view = signal<GuestView>();
  let watch: Watch | undefined;
  let retryMs = FIRST_RETRY_MS;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let liveTimer: ReturnType<typeof setInterval> | undefined;
  let lastLive = 0;
  let lastEntry = 0;
  /** Answers to earlier questions are not listened to any more. */
  let question = 0;

  const enter = async (): Promise<void> => {
    const mine = (question += 1);
    clearTimeout(retryTimer);
    const held = ticket.read();
    try {
      const entered = await enterWaitingRoom(
        meetingId,
        held === undefined ? { name: who() } : { ticket: held },
      );
      if (mine !== question) return;
      ticket.keep(entered.identity);
      lastEntry = Date.now();
      retryMs = FIRST_RETRY_MS;
      isAuto.value = entered.admission === 'auto';
      number.value = entered.place;
      if (told.entered()) await startWatching(entered, mine);
    } catch (error) {
      if (mine !== question) return;
      const reason = reasonOf(error);
      if (reason === 'staleTicket' || reason === 'noSuchMeeting') ticket.forget();
      told.refused(reason);
    }
  };

  const enterLater = (): void => {
    clearTimeout(retryTimer);
    connection.value = 'lost';
    retryTimer = setTimeout(() => void enter(), retryMs);
    retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
  };

  /** At once, unless the pass was just renewed: then something else is wrong. */
  const renew = (): void => {
    if (Date.now() - lastEntry > LAST_RETRY_MS) void enter();
    else enterLater();
  };

  const noteLive = (): void => {
    if (connection.value === 'live') lastLive = Date.now();
  };

  const startWatching = async (pass: GuestPass, mine: number): Promise<void> => {
    const lobby = await loadLobby().catch(() => undefined);
    if (mine !== question) return;
    if (!lobby) return enterLater();
    watch?.close();
    clearInterval(liveTimer);
    liveTimer = setInterval(noteLive, TICK_MS);
    watch = lobby.watchAsGuest(pass, {
      shown: (shown) => {
        lastLive = Date.now();
        view.value = shown;
        told.shown(shown);
      },
      board: (shown) => (board.value = shown),
      connection: (now) => {
        if (now === 'live') {
          retryMs = FIRST_RETRY_MS;
          if (connection.value === 'lost') told.live();
        }
        connection.value = now;
      },
      expired: renew,
    });
  };

  return {
    connection,
    isAuto,
    before: computed(() =>
      number.value === undefined || !board.value ? undefined : countBefore(number.value, board.value.freed),
    ),
    messages: computed(() => inOrder(view.value?.messages, board.value?.messages)),
    enter,
    enterLater,
    stop() {
      question += 1;
      clearTimeout(retryTimer);
      clearInterval(liveTimer);
      watch?.close();
      watch = undefined;
      connection.value = 'live';
      board.value = undefined;
      view.value = undefined;
    },
    isOld: () => Date.now() - lastLive > STALE_MS,
  };
}
