/** The waiting room as its host sees it: who waits, live, and how the connection to it is. */
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { GuestEntry, WaitingRoomResponse } from '../../api/meetings';
import { openWaitingRoom } from '../api/host-calls';
import { type Reason, reasonOf } from '../api/refusal';
import { type HostPass, loadLobby, type Lobby, type Watch } from '../lobby/lobby';
import { textSending } from './text-invite';

const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 15_000;

type Admission = WaitingRoomResponse['admission'];

export interface HostsWaitingRoom {
  /** How guests are let in; `manual` until the waiting room was opened. */
  readonly admission: ReadonlySignal<Admission>;
  readonly guests: ReadonlySignal<readonly GuestEntry[]>;
  /** Who waits for a decision, first come first. */
  readonly waiting: ReadonlySignal<readonly GuestEntry[]>;
  readonly connection: ReadonlySignal<'live' | 'lost'>;
  /** Opens it, or opens it again. Never throws: see {@link Told}. */
  readonly open: () => Promise<void>;
  /** Not now, but soon, and again and again. */
  readonly openLater: () => void;
  /** The server has answered how those stand about whom it was told; what was shown of all others may be younger. */
  readonly decided: (on: readonly GuestEntry[]) => void;
  readonly close: () => void;
}

export interface Told {
  readonly opened: () => void;
  readonly refused: (reason: Reason) => void;
  /** Names of those who have just begun to wait. */
  readonly knocked: (names: readonly string[]) => void;
}

export function createHostsWaitingRoom(meetingId: string, told: Told): HostsWaitingRoom {
  const admission = signal<Admission>('manual');
  const guests = signal<readonly GuestEntry[]>([]);
  const connection = signal<'live' | 'lost'>('live');
  const waiting = computed(() =>
    guests.value
      .filter(({ state }) => state === 'waiting')
      .toSorted((a, b) => a.entered_at.localeCompare(b.entered_at)),
  );
  let known: ReadonlySet<string> | undefined;
  let watch: Watch | undefined;
  let retryMs = FIRST_RETRY_MS;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  /** Answers to earlier questions are not listened to any more. */
  let question = 0;

  const show = (all: readonly GuestEntry[]): void => {
    guests.value = all;
    const fresh = waiting.value.filter(({ guest_id }) => !known?.has(guest_id));
    // Those who wait already when the page is opened are not news to be heard.
    if (known && fresh.length > 0) told.knocked(fresh.map(({ name }) => name));
    known = new Set(waiting.value.map(({ guest_id }) => guest_id));
  };

  const open = async (): Promise<void> => {
    const mine = (question += 1);
    clearTimeout(retryTimer);
    // It is large: whoever has opened the waiting room sees it, and who waits, before it has come.
    const coming = loadLobby().catch(() => undefined);
    try {
      const pass = await openWaitingRoom(meetingId);
      if (mine !== question) return;
      admission.value = pass.admission;
      textSending.value = pass;
      show(pass.guests);
      told.opened();
      await startWatching(pass, coming, mine);
    } catch (error) {
      if (mine === question) told.refused(reasonOf(error));
    }
  };

  const startWatching = async (
    pass: HostPass,
    coming: Promise<Lobby | undefined>,
    mine: number,
  ): Promise<void> => {
    const lobby = await coming;
    if (mine !== question) return;
    if (!lobby) return openLater();
    watch?.close();
    watch = lobby.watchAsHost(pass, {
      shown: show,
      connection: (now) => (connection.value = now),
      expired: openLater,
    });
    retryMs = FIRST_RETRY_MS;
    connection.value = 'live';
  };

  const openLater = (): void => {
    clearTimeout(retryTimer);
    connection.value = 'lost';
    retryTimer = setTimeout(() => void open(), retryMs);
    retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
  };

  return {
    admission,
    guests,
    waiting,
    connection,
    open,
    openLater,
    decided(on) {
      const now = new Map(on.map((one) => [one.guest_id, one]));
      show(guests.value.map((one) => now.get(one.guest_id) ?? one));
    },
    close: () => {
      question += 1;
      clearTimeout(retryTimer);
      watch?.close();
      watch = undefined;
    },
  };
}
