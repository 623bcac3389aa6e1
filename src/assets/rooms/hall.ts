/** Everything of the rooms page that outlives its views: who one is, the list, the live line, and where one is. */
import { computed, effect, type ReadonlySignal, signal, untracked } from '@preact/signals';
import type { RoomEntry } from '../../api/rooms';
import { createMe, type Me } from '../calls/me';
import { wakeWithBrowser } from '../live/wake';
import { createRoomsLine, type RoomsLine } from './line';
import { createListing, type Listing } from './listing';
import { createWhereabouts, type Whereabouts } from './place';

export interface Hall extends Whereabouts {
  readonly me: Me;
  readonly line: RoomsLine;
  readonly listing: Listing;
  /** Whether every count that is shown comes by itself. */
  readonly isLive: ReadonlySignal<boolean>;
  /** How many are in a room now. */
  readonly countOf: (room: RoomEntry) => number;
}

export function createHall(): Hall {
  const me = createMe();
  const line = createRoomsLine();
  const whereabouts = createWhereabouts();
  const listing = createListing(() => isLive.peek());
  const isShown = signal(document.visibilityState === 'visible');
  const isLive = computed(() => {
    const known = line.present.value;
    return (
      line.state.value === 'live' && (listing.rooms.value ?? []).every(({ roomId }) => known.has(roomId))
    );
  });

  effect(() => {
    const isLookedAt = isShown.value && whereabouts.place.value.view === 'list';
    untracked(() => (isLookedAt ? listing.look() : listing.rest()));
  });
  effect(() => {
    const { view } = whereabouts.place.value;
    const ids = (listing.rooms.value ?? []).map(({ roomId }) => roomId);
    if (view === 'list') untracked(() => line.watch(ids));
  });
  // News may get lost between the service and a gateway. Whoever asks is told how it is, be the list old or not.
  effect(() => {
    const listed = listing.rooms.value ?? [];
    untracked(() => listed.forEach(({ roomId, participantCount }) => line.compare(roomId, participantCount)));
  });
  wakeWithBrowser({
    shown: (now) => (isShown.value = now),
    awake: (isLong) => {
      if (isLong || line.state.peek() !== 'live') line.renew();
    },
    leaving: () => line.close(),
  });

  return {
    ...whereabouts,
    me,
    line,
    listing,
    isLive,
    countOf: ({ roomId, participantCount }) => line.present.value.get(roomId)?.length ?? participantCount,
  };
}
