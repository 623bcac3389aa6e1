/** The map that the host watches: one item per guest, keyed by the guest's id. It mirrors the records. */
import type { SyncMapItemInstance } from 'twilio/lib/rest/sync/v1/service/syncMap/syncMapItem';
import type { SyncMapInstance } from 'twilio/lib/rest/sync/v1/service/syncMap';
import type { Guest, GuestState } from '../../../domain/guest';
import type { Meeting } from '../../../domain/meeting';
import { foundOrUndefined, isTwilioError } from '../client';
import { isOurs, type SyncService } from './sync-service';

/** An item's data, as host pages read it. */
interface ListedGuest {
  readonly guest_id: string;
  readonly name: string;
  readonly state: GuestState;
  /** ISO 8601, UTC. */
  readonly entered_at: string;
  /** The same: when the host decided. */
  readonly decided_at?: string;
}

/** Items of guests whose browser is not connected (yet) go by themselves. */
const UNCONNECTED_SECONDS = 60;
/** After a disconnect, which the vendor reports some seconds late; together less than a minute. */
const GONE_SECONDS = 30;
const PAGE_SIZE = 100;

/** A guest as the list has it. */
export interface ListEntry {
  readonly guest: Guest;
  /** ms since epoch, if the host has decided. */
  readonly decidedAt?: number;
  /** For If-Match. */
  readonly revision: string;
}

export class GuestList {
  /** Read in this request; saves reading each again before it is written. */
  private readonly seen = new Map<string, ListEntry>();

  constructor(private readonly sync: SyncService) {}

  /** The map itself, made if need be. */
  async open(meeting: Meeting): Promise<SyncMapInstance> {
    const name = this.name(meeting.key);
    const existing = await foundOrUndefined(this.sync.patient.syncMaps(name).fetch());
    if (existing && isOurs(existing)) return existing;
    try {
      return await this.sync.patient.syncMaps.create({
        uniqueName: name,
        ttl: this.sync.secondsUntil(meeting.expiresAt),
      });
    } catch (error) {
      if (!isTwilioError(error, 409)) throw error;
      return this.sync.patient.syncMaps(name).fetch();
    }
  }

  /** Somebody enters: a newcomer is put on the list, and one who is on it already stays at least as long. */
  async add(meeting: Meeting, guest: Guest): Promise<void> {
    const seconds = this.unconnectedSeconds(meeting);
    if (await this.create(meeting, guest, seconds)) return;
    if (!(await this.keep(meeting, guest.id, seconds))) await this.create(meeting, guest, seconds);
  }

  /**
   * A browser has connected: its guest stays for good, and is put back on the list if need be.
   * @param find the guest, asked for only then. Reads first: the list has more reads to spare than writes.
   */
  async addConnected(
    meeting: Meeting,
    guestId: string,
    find: () => Promise<Guest | undefined>,
  ): Promise<void> {
    const seconds = this.sync.secondsUntil(meeting.expiresAt);
    if (await this.keep(meeting, guestId, seconds)) return;
    const guest = await find();
    if (guest) await this.create(meeting, guest, seconds);
  }

  /** @returns false when the guest is not on the list. */
  private async keep(meeting: Meeting, guestId: string, seconds: number): Promise<boolean> {
    const item = await this.fetch(meeting, guestId);
    if (!item) return false;
    // The vendor rounds to seconds; what is a second short is as good.
    const isShort = item.dateExpires.getTime() + 1000 < this.sync.clock.now() + seconds * 1000;
    return isShort ? this.touch(meeting, guestId, seconds) : true;
  }

  /** @returns false when the guest is on the list already. */
  private async create(meeting: Meeting, guest: Guest, itemTtl: number): Promise<boolean> {
    const item = { key: guest.id, data: itemOf(guest), itemTtl };
    try {
      if (await foundOrUndefined(this.items(meeting).create(item))) return true;
      await this.open(meeting);
      await this.items(meeting).create(item);
      return true;
    } catch (error) {
      if (isTwilioError(error, 409)) return false;
      throw error;
    }
  }

  private async touch(meeting: Meeting, guestId: string, itemTtl: number): Promise<boolean> {
    const item = this.sync.patient.syncMaps(this.name(meeting.key)).syncMapItems(guestId);
    return (await foundOrUndefined(item.update({ itemTtl }))) !== undefined;
  }

  /** The guest's browser went away: one who still waits has half a minute to come back. */
  async expire(meeting: Meeting, guestId: string): Promise<void> {
    const item = await this.fetch(meeting, guestId);
    if (item && entryOf(item).guest.state === 'waiting') await this.touch(meeting, guestId, GONE_SECONDS);
  }

  /** The guest's entry as it stands, or as {@link all} has seen it. @returns `busy`: Sync allows no read now. */
  async peek(
    meeting: Meeting,
    guestId: string,
    manner: 'patient' | 'prompt',
  ): Promise<ListEntry | undefined | 'busy'> {
    const seen = this.seen.get(guestId);
    if (seen) return seen;
    try {
      const map = this.sync[manner].syncMaps(this.name(meeting.key));
      const item = await foundOrUndefined(map.syncMapItems(guestId).fetch());
      return item && entryOf(item);
    } catch (error) {
      if (isTwilioError(error, 429)) return 'busy';
      throw error;
    }
  }

  /**
   * Compare-and-set of an entry: only if it is still the one that was read.
   * @param state undefined takes the guest off the list.
   */
  async store(
    meeting: Meeting,
    entry: ListEntry,
    state: GuestState | undefined,
    manner: 'patient' | 'prompt',
  ): Promise<'stored' | 'changed' | 'busy'> {
    const { guest, revision: ifMatch } = entry;
    if (guest.state === state) return 'stored';
    this.seen.delete(guest.id);
    const item = this.sync[manner].syncMaps(this.name(meeting.key)).syncMapItems(guest.id);
    try {
      if (state === undefined) await item.remove({ ifMatch });
      else {
        const itemTtl = this.sync.secondsUntil(meeting.expiresAt);
        const decided_at = new Date(this.sync.clock.now()).toISOString();
        await item.update({ ifMatch, data: { ...itemOf({ ...guest, state }), decided_at }, itemTtl });
      }
      return 'stored';
    } catch (error) {
      if (isTwilioError(error, 412) || isTwilioError(error, 404)) return 'changed';
      if (isTwilioError(error, 429)) return 'busy';
      throw error;
    }
  }

  async all(meeting: Meeting): Promise<Guest[]> {
    const items = await foundOrUndefined(this.items(meeting).list({ pageSize: PAGE_SIZE }));
    const entries = (items ?? []).map(entryOf);
    for (const entry of entries) this.seen.set(entry.guest.id, entry);
    return entries
      .map(({ guest }) => guest)
      .toSorted((a, b) => a.enteredAt - b.enteredAt || (a.id < b.id ? -1 : 1));
  }

  private fetch(meeting: Meeting, guestId: string): Promise<SyncMapItemInstance | undefined> {
    return foundOrUndefined(this.sync.patient.syncMaps(this.name(meeting.key)).syncMapItems(guestId).fetch());
  }

  private items(meeting: Meeting): ReturnType<SyncService['patient']['syncMaps']>['syncMapItems'] {
    return this.sync.patient.syncMaps(this.name(meeting.key)).syncMapItems;
  }

  /** Without webhooks nobody tells us that a guest has come or gone, so all stay until they leave. */
  private unconnectedSeconds(meeting: Meeting): number {
    const whole = this.sync.secondsUntil(meeting.expiresAt);
    return this.sync.settings.reachabilityWebhooks ? Math.min(whole, UNCONNECTED_SECONDS) : whole;
  }

  private name(meetingKey: string): string {
    return this.sync.name('guests', meetingKey);
  }
}

const itemOf = ({ id, name, state, enteredAt }: Guest): ListedGuest => ({
  guest_id: id,
  name,
  state,
  entered_at: new Date(enteredAt).toISOString(),
});

function entryOf(item: SyncMapItemInstance): ListEntry {
  const { guest_id, name, state, entered_at, decided_at } = item.data as ListedGuest;
  return {
    guest: { id: guest_id, name, state, enteredAt: Date.parse(entered_at) },
    ...(decided_at === undefined ? {} : { decidedAt: Date.parse(decided_at) }),
    revision: item.revision,
  };
}
