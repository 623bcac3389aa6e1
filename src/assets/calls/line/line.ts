/**
 * Somebody's line: what keeps them online, and brings news of calls. A gateway's socket where one answers, the push
 * channel where none does; whichever it is, it is opened again as often as it breaks.
 */
import { type ReadonlySignal, signal } from '@preact/signals';
import type { UserEntry } from '../../../api/calls';
import { type Reason, Refusal, reasonOf } from '../../api/refusal';
import { openSocket } from './socket';
import { openSync } from './sync';
import type { News, OpenWire, Wire, WireEvents } from './wire';

/** Between tries, doubled each time up to the last, each spread out: many are cut off at the same moment. */
const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 15_000;
/** Not sooner than that after the last time: what looks broken may only be slow. */
const RENEW_MS = 10_000;

export interface Line {
  readonly state: ReadonlySignal<'connecting' | 'live' | 'lost'>;
  readonly via: ReadonlySignal<Wire['via'] | undefined>;
  /** It may be dead without knowing: another is opened, and then this one closed. */
  renew(): void;
  /** Offline from now on. */
  close(): void;
}

export interface LineEvents {
  readonly told: (news: News) => void;
  /** What trying again does not heal. Nothing more is tried. */
  readonly refused: (reason: Reason) => void;
}

/** Refusals that time heals. */
const PASSING: ReadonlySet<Reason> = new Set(['offline', 'busy', 'tooManyTries', 'fault']);

export function createLine(me: UserEntry, { told, refused }: LineEvents): Line {
  const state = signal<'connecting' | 'live' | 'lost'>('connecting');
  const via = signal<Wire['via']>();
  let wire: Wire | undefined;
  let lastEventId: string | undefined;
  let retryMs = FIRST_RETRY_MS;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let hadSocket = false;
  let failures = 0;
  let openedAt = 0;
  /** What earlier attempts bring is not listened to any more. */
  let attempt = 0;

  const open = async (): Promise<void> => {
    const mine = (attempt += 1);
    clearTimeout(timer);
    try {
      const fresh = await openOne(eventsOf(mine));
      if (mine !== attempt) return fresh.close(false);
      wire?.close(false);
      wire = fresh;
      via.value = fresh.via;
      openedAt = Date.now();
      hadSocket ||= fresh.via === 'socket';
      failures = 0;
      // A socket is live when it is open; the push channel says when it is.
      if (fresh.via === 'socket') state.value = 'live';
    } catch (error) {
      if (mine !== attempt) return;
      failures += 1;
      lost(reasonOf(error));
    }
  };

  /** A gateway that was there will be again; but not for ever is it waited for. */
  const openOne = async (events: WireEvents): Promise<Wire> => {
    const open = (opener: OpenWire): Promise<Wire> => opener(me, lastEventId, events);
    try {
      return await open(openSocket);
    } catch (error) {
      if (reasonOf(error) !== 'offline' || (hadSocket && failures % 3 !== 2)) throw error;
      return open(openSync);
    }
  };

  const eventsOf = (mine: number): WireEvents => ({
    told: (news) => {
      lastEventId = news.id;
      told(news);
    },
    connection: (now) => {
      if (mine === attempt) state.value = now;
      if (now === 'live') retryMs = FIRST_RETRY_MS;
    },
    over: (refusal = new Refusal('offline')) => {
      if (mine !== attempt) return;
      wire = undefined;
      if (Date.now() - openedAt > LAST_RETRY_MS) retryMs = FIRST_RETRY_MS;
      lost(refusal.reason);
    },
  });

  const lost = (reason: Reason): void => {
    state.value = 'lost';
    if (!PASSING.has(reason)) {
      attempt += 1;
      return refused(reason);
    }
    timer = setTimeout(() => void open(), retryMs * (0.5 + Math.random()));
    retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
  };

  void open();
  return {
    state,
    via,
    renew() {
      if (wire && state.value === 'live' && Date.now() - openedAt < RENEW_MS) return;
      retryMs = FIRST_RETRY_MS;
      void open();
    },
    close() {
      attempt += 1;
      clearTimeout(timer);
      wire?.close(true);
      wire = undefined;
    },
  };
}
