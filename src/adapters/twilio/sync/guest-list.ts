/** The map that the host watches: one item per guest, keyed by the guest's id. It mirrors the records. */
import type { SyncMapItemInstance } from 'twilio/lib/rest/sync/v1/service/syncMap/syncMapItem';
import type { SyncMapInstance } from 'twilio/lib/rest/sync/v1/service/syncMap';
import {
  attend,
  type AttendanceEvent,
  AWAY_GRACE_MS,
  present,
  type Stay,
  UNCONNECTED_MS,
} from '../../../domain/absence';
import type { Guest, GuestState } from '../../../domain/guest';
import type { Meeting } from '../../../domain/meeting';
import { busy } from '../../../upstream/upstream';
import { foundOrUndefined, isTwilioError } from '../client';
import { entryOf, itemOf, type ListEntry } from './listed-guest';
import { isOurs, type SyncService } from './sync-service';

const PAGE_SIZE = 100;
const MAX_CONFLICTS = 20;
/** The vendor rounds to seconds; what is a second short is as good. */
const ROUNDING_MS = 1000;

/** A guest after something happened. */
export interface Attended {
  readonly after: Guest;
  /**
   * Whether the queue may not have followed yet: it is news, or was written by us before, and its answer lost or what
   * came after it cut short.
   */
  readonly mayBeNews: boolean;
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

  /**
   * Somebody enters: a newcomer is put on the list; one who is on it is there again, and stays at least as long.
   * @returns undefined for one who was not on it.
   */
  async add(meeting: Meeting, guest: Guest): Promise<Attended | undefined> {
    const seconds = this.unconnectedSeconds(meeting);
    for (let conflicts = 0; conflicts < MAX_CONFLICTS; conflicts += 1) {
      if (await this.create(meeting, guest, seconds)) return undefined;
      const found = await this.attend(meeting, guest.id, 'here');
      if (found) return found;
    }
    throw busy();
  }

  /**
   * A browser has connected: its guest stays for good, and is put back on the list if need be.
   * @param find the guest, asked for only then. Reads first: the list has more reads to spare than writes.
   */
  async addConnected(
    meeting: Meeting,
    guestId: string,
    find: () => Promise<Guest | undefined>,
  ): Promise<Attended | undefined> {
    const attended = await this.attend(meeting, guestId, 'connected');
    if (attended) return attended;
    const after = await find();
    if (after) await this.create(meeting, after, this.sync.secondsUntil(meeting.expiresAt));
    return after && { after, mayBeNews: true };
  }

  /**
   * What happens to one who waits, by compare-and-set. Of those upon whom the host has decided only a connection
   * counts: it keeps them on the list.
   * @returns undefined for one who is not on the list.
   */
  async attend(meeting: Meeting, guestId: string, event: AttendanceEvent): Promise<Attended | undefined> {
    for (let conflicts = 0; conflicts < MAX_CONFLICTS; conflicts += 1) {
      const item = await this.fetch(meeting, guestId);
      if (!item) return undefined;
      const before = entryOf(item).guest;
      const now = this.sync.clock.now();
      const [left, whole] = [item.dateExpires.getTime() - now, meeting.expiresAt - now];
      const isLasting = left + ROUNDING_MS >= Math.min(AWAY_GRACE_MS, whole);
      const { guest: after, stay } = attend(before, event, isLasting, now);
      const itemTtl = secondsOf(stay, left, whole);
      const change = {
        ...(after === before ? {} : { data: itemOf(after) }),
        ...(itemTtl === undefined ? {} : { itemTtl }),
      };
      const isNothing = Object.keys(change).length === 0;
      if (isNothing || (await this.write(meeting, item, change))) {
        // Of those who are connected and were there nothing is asked: each newcomer is one of them.
        const isSettled = !isAway(before) && !isAway(after) && event !== 'here' && conflicts === 0;
        return { after, mayBeNews: !isSettled };
      }
    }
    throw busy();
  }

  /** @returns false when somebody else has changed the item, or it has gone. */
  private async write(meeting: Meeting, item: SyncMapItemInstance, change: object): Promise<boolean> {
    const map = this.sync.patient.syncMaps(this.name(meeting.key));
    try {
      await map.syncMapItems(item.key).update({ ifMatch: item.revision, ...change });
      return true;
    } catch (error) {
      if (isTwilioError(error, 412) || isTwilioError(error, 404)) return false;
      throw error;
    }
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
        await item.update({
          ifMatch,
          data: { ...itemOf(present({ ...guest, state })), decided_at },
          itemTtl,
        });
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
    return this.sync.settings.reachabilityWebhooks ? Math.min(whole, UNCONNECTED_MS / 1000) : whole;
  }

  private name(meetingKey: string): string {
    return this.sync.name('guests', meetingKey);
  }
}

const isAway = ({ awaySince }: Guest): boolean => awaySince !== undefined;

/** @param left ms for which the item lasts as it is @param whole ms until the meeting's end @returns seconds to set */
function secondsOf(stay: Stay, left: number, whole: number): number | undefined {
  if (stay === 'asItIs') return undefined;
  const wanted = stay === 'whole' ? whole : Math.min(whole, 'exactly' in stay ? stay.exactly : stay.atLeast);
  const isEnough = left + ROUNDING_MS >= wanted && (stay === 'whole' || 'atLeast' in stay);
  return isEnough ? undefined : Math.max(1, Math.ceil(wanted / 1000));
}
