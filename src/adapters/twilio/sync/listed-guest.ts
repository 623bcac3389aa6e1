/** A guest as an item of the map that the host watches. */
import type { SyncMapItemInstance } from 'twilio/lib/rest/sync/v1/service/syncMap/syncMapItem';
import type { Guest, GuestState } from '../../../domain/guest';

/** An item's data, as host pages read it. Times are ISO 8601, UTC. */
interface ListedGuest {
  readonly guest_id: string;
  readonly name: string;
  readonly state: GuestState;
  readonly entered_at: string;
  /** The number in the queue. */
  readonly place?: number;
  readonly hidden_since?: string;
  readonly away_since?: string;
  /** When the host decided. */
  readonly decided_at?: string;
}

/** A guest as the list has it. */
export interface ListEntry {
  readonly guest: Guest;
  /** ms since epoch, if the host has decided. */
  readonly decidedAt?: number;
  /** For If-Match. */
  readonly revision: string;
}

const iso = (ms: number): string => new Date(ms).toISOString();

export const itemOf = ({
  id,
  name,
  state,
  enteredAt,
  place,
  hiddenSince,
  awaySince,
}: Guest): ListedGuest => ({
  guest_id: id,
  name,
  state,
  entered_at: iso(enteredAt),
  ...(place === undefined ? {} : { place }),
  ...(hiddenSince === undefined ? {} : { hidden_since: iso(hiddenSince) }),
  ...(awaySince === undefined ? {} : { away_since: iso(awaySince) }),
});

export function entryOf(item: SyncMapItemInstance): ListEntry {
  const { guest_id, name, state, entered_at, place, hidden_since, away_since, decided_at } =
    item.data as ListedGuest;
  return {
    guest: {
      id: guest_id,
      name,
      state,
      enteredAt: Date.parse(entered_at),
      ...(place === undefined ? {} : { place }),
      ...(hidden_since === undefined ? {} : { hiddenSince: Date.parse(hidden_since) }),
      ...(away_since === undefined ? {} : { awaySince: Date.parse(away_since) }),
    },
    ...(decided_at === undefined ? {} : { decidedAt: Date.parse(decided_at) }),
    revision: item.revision,
  };
}
