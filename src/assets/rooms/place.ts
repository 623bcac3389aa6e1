/** Where on the rooms page one is: at the list, in a room, or at its history. The address says it, so a reload stays. */
import { type ReadonlySignal, signal } from '@preact/signals';

export type Place =
  | { readonly view: 'list' }
  | { readonly view: 'room' | 'history'; readonly roomId: string; readonly name: string };

export interface Whereabouts {
  readonly place: ReadonlySignal<Place>;
  go(to: Place): void;
}

export function createWhereabouts(): Whereabouts {
  const place = signal(placeIn(location.hash));
  const read = (): void => {
    place.value = placeIn(location.hash);
  };
  addEventListener('popstate', read);
  addEventListener('hashchange', read);
  return {
    place,
    go(to) {
      history.pushState(null, '', location.pathname + location.search + hashOf(to));
      place.value = to;
    },
  };
}

/** What others are sent. */
export const linkTo = (roomId: string, name: string): string =>
  new URL(`/rooms.html${hashOf({ view: 'room', roomId, name })}`, location.href).href;

const hashOf = (to: Place): string =>
  to.view === 'list' ? '' : `#${new URLSearchParams({ [to.view]: to.roomId, name: to.name }).toString()}`;

function placeIn(hash: string): Place {
  const parameters = new URLSearchParams(hash.slice(1));
  for (const view of ['room', 'history'] as const) {
    const roomId = parameters.get(view);
    if (roomId) return { view, roomId, name: parameters.get('name') ?? '' };
  }
  return { view: 'list' };
}
