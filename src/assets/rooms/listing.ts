/** The rooms there are, newest first, as far as they are shown. Whatever is new waits until it is asked for. */
import { batch, type ReadonlySignal, signal } from '@preact/signals';
import type { RoomEntry } from '../../api/rooms';
import { type Reason, reasonOf } from '../api/refusal';
import { createRoom, listRooms } from '../api/room-calls';
import { kept } from '../keep/kept';

export interface Listing {
  /** undefined until the server has answered. */
  readonly rooms: ReadonlySignal<readonly RoomEntry[] | undefined>;
  /** How many rooms others have created since. */
  readonly fresh: ReadonlySignal<number>;
  readonly hasMore: ReadonlySignal<boolean>;
  /** More are being fetched. */
  readonly isBusy: ReadonlySignal<boolean>;
  /** Why the list may be old. */
  readonly trouble: ReadonlySignal<Reason | undefined>;
  /** Now, and from then on as long as it is looked at. */
  readonly look: () => void;
  rest(): void;
  readonly showFresh: () => void;
  /** Never rejects. */
  showMore(): Promise<void>;
  /** @returns whether it was shown already: the same name is the same room. @throws Refusal */
  create(name: string): Promise<{ readonly wasKnown: boolean }>;
}

const PAGE = 20;
/** The server lists no more at once. */
const MOST_AT_ONCE = 200;
/** While counts come by themselves only new rooms are looked for. */
const LOOK_MS = 5_000;
const LIVE_LOOK_MS = 20_000;
const LAST_RETRY_MS = 60_000;

/** What asking again by itself does not heal. */
const isFinal = (reason: Reason): boolean =>
  reason === 'operatorsOnly' || reason === 'operatorsClosed' || reason === 'usersOnly';

/** @param isLive whether counts come by themselves */
export function createListing(isLive: () => boolean): Listing {
  const shownBefore = kept('rooms.shown');
  const rooms = signal<readonly RoomEntry[]>();
  const waiting = signal<readonly RoomEntry[]>([]);
  const fresh = signal(0);
  const hasMore = signal(false);
  const isBusy = signal(false);
  const trouble = signal<Reason>();
  let cursor: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let retryMs = LOOK_MS;
  let question = 0;

  const show = (all: readonly RoomEntry[]): void => {
    rooms.value = all;
    shownBefore.keep(String(all.length));
  };

  const wait = (entries: readonly RoomEntry[]): void => {
    waiting.value = entries;
    fresh.value = entries.length;
  };

  const look = async (): Promise<void> => {
    const mine = (question += 1);
    clearTimeout(timer);
    try {
      const shown = rooms.value?.length ?? Number(shownBefore.read() ?? 0);
      const answer = await listRooms({ limit: Math.min(Math.max(shown, PAGE), MOST_AT_ONCE) });
      if (mine !== question) return;
      batch(() => take(answer.rooms, answer.next_cursor));
      retryMs = LOOK_MS;
      timer = setTimeout(() => void look(), isLive() ? LIVE_LOOK_MS : LOOK_MS);
    } catch (error) {
      if (mine !== question) return;
      trouble.value = reasonOf(error);
      if (isFinal(trouble.value)) return;
      timer = setTimeout(() => void look(), retryMs);
      retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
    }
  };

  const take = (listed: readonly RoomEntry[], next: string | undefined): void => {
    trouble.value = undefined;
    const shown = rooms.value;
    if (!shown || shown.length === 0) {
      cursor = next;
      hasMore.value = next !== undefined;
      return show(listed);
    }
    const now = new Map(listed.map((room) => [room.roomId, room]));
    const known = new Set(shown.map(({ roomId }) => roomId));
    rooms.value = shown.map((room) => now.get(room.roomId) ?? room);
    // What stands behind those that are shown is not new.
    const last = listed.findLastIndex(({ roomId }) => known.has(roomId));
    wait(listed.slice(0, last < 0 ? undefined : last).filter(({ roomId }) => !known.has(roomId)));
  };

  return {
    rooms,
    fresh,
    hasMore,
    isBusy,
    trouble,
    look: () => void look(),
    rest() {
      question += 1;
      clearTimeout(timer);
    },
    showFresh: () =>
      batch(() => {
        show([...waiting.value, ...(rooms.value ?? [])]);
        wait([]);
      }),
    async showMore() {
      if (isBusy.value) return;
      isBusy.value = true;
      try {
        const answer = await listRooms({ limit: PAGE, cursor });
        const shown = rooms.value ?? [];
        const known = new Set(shown.map(({ roomId }) => roomId));
        batch(() => {
          cursor = answer.next_cursor;
          hasMore.value = cursor !== undefined;
          trouble.value = undefined;
          show([...shown, ...answer.rooms.filter(({ roomId }) => !known.has(roomId))]);
        });
      } catch (error) {
        trouble.value = reasonOf(error);
      } finally {
        isBusy.value = false;
      }
    },
    async create(wanted) {
      const { id: roomId, name, created_at: createdAt } = await createRoom(wanted);
      const shown = rooms.value ?? [];
      if (shown.some((one) => one.roomId === roomId)) return { wasKnown: true };
      const room: RoomEntry = { roomId, name, createdAt, participantCount: 0 };
      show([room, ...shown]);
      wait(waiting.value.filter((one) => one.roomId !== roomId));
      return { wasKnown: false };
    },
  };
}
