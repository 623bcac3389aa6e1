/**
 * What all who wait for a `manual` meeting watch beside their own documents: which numbers of the queue are free
 * again, and what the host says to all. One document, so letting in hundreds is one write of it, and made on first
 * need. Numbers are the indexes of a list, which Sync gives out once each, without a conflict however many enter.
 */
import type { DocumentInstance } from 'twilio/lib/rest/sync/v1/service/document';
import type { Meeting } from '../../../domain/meeting';
import { type Freed, isFreed } from '../../../domain/queue';
import type { BoardView } from '../../../ports/waiting-room';
import { busy } from '../../../upstream/upstream';
import { foundOrUndefined, isTwilioError } from '../client';
import { isOurs, READ_ONLY, type SyncService } from './sync-service';

const MAX_CONFLICTS = 20;
/**
 * Several times as long as a request may take: whose number has no item any more is on the host's list, or never came
 * there. Indexes are not given out again when items go.
 */
const ARRIVAL_SECONDS = 60;
const EMPTY: BoardView = { freed: [] };

type Lifetime = Pick<Meeting, 'key' | 'expiresAt'>;

export class WaitingBoard {
  /** As last seen in this request; saves reading it to find that there is nothing to do. */
  private seen: Freed | undefined;

  constructor(private readonly sync: SyncService) {}

  /** The next number, from 1. Cost: 1 write; 3 for the first. */
  async takeNumber(meeting: Lifetime): Promise<number> {
    const arrivals = this.arrivals(meeting);
    const arrival = { data: {}, itemTtl: ARRIVAL_SECONDS };
    const item = await foundOrUndefined(arrivals.create(arrival));
    if (item) return item.index + 1;
    await this.openArrivals(meeting);
    return (await arrivals.create(arrival)).index + 1;
  }

  private arrivals({ key }: Lifetime): ReturnType<SyncService['patient']['syncLists']>['syncListItems'] {
    return this.sync.patient.syncLists(this.sync.name('arrivals', key)).syncListItems;
  }

  /**
   * @param unborne numbers that nobody bears who is on the host's list
   * @returns those that are not free, and that nobody can be on the way to the list with.
   * Cost: none where there are none; 1 read unless the board was read already; 1 more if any is not free.
   */
  async forgotten(meeting: Lifetime, unborne: readonly number[]): Promise<number[]> {
    if (unborne.length === 0) return [];
    const freed = this.seen ?? (await this.read(meeting)).board.freed;
    const taken = unborne.filter((number) => !isFreed(freed, number));
    if (taken.length === 0) return [];
    const [oldest] = (await foundOrUndefined(this.arrivals(meeting).list({ limit: 1, pageSize: 1 }))) ?? [];
    return oldest === undefined ? taken : taken.filter((number) => number <= oldest.index);
  }

  private async openArrivals({ key, expiresAt }: Lifetime): Promise<void> {
    try {
      const ttl = this.sync.secondsUntil(expiresAt);
      await this.sync.patient.syncLists.create({ uniqueName: this.sync.name('arrivals', key), ttl });
    } catch (error) {
      if (!isTwilioError(error, 409)) throw error;
    }
  }

  /** Lets `identity` read the board. @returns its SID. Cost: 1 write; 3 for the first guest. */
  async permit(meeting: Lifetime, identity: string): Promise<string> {
    const permission = this.sync.patient.documents(this.name(meeting)).documentPermissions(identity);
    const given = await foundOrUndefined(permission.update(READ_ONLY));
    if (given) return given.documentSid;
    await this.sync.createDocument(this.name(meeting), EMPTY, meeting.expiresAt);
    return (await permission.update(READ_ONLY)).documentSid;
  }

  /** {@link update} of the freed numbers alone. */
  change(meeting: Lifetime, change: (freed: Freed) => Freed): Promise<boolean> {
    return this.update(meeting, (board) => {
      const freed = change(board.freed);
      return freed === board.freed ? board : { ...board, freed };
    });
  }

  /**
   * Compare-and-set on the board.
   * @param change pure; returns its argument when there is nothing to change.
   * @returns whether anything was changed. Cost: 1 read, and 1 write for a change.
   */
  async update(meeting: Lifetime, change: (board: BoardView) => BoardView): Promise<boolean> {
    for (let conflicts = 0; conflicts < MAX_CONFLICTS; conflicts += 1) {
      const { document, board } = await this.read(meeting);
      const changed = change(board);
      // What the last try has changed counts, too: its answer may have been lost.
      if (changed === board) return conflicts > 0;
      if (await this.write(meeting, document, changed)) {
        this.seen = changed.freed;
        return true;
      }
    }
    throw busy();
  }

  private async read(
    meeting: Lifetime,
  ): Promise<{ document: DocumentInstance | undefined; board: BoardView }> {
    const document = await foundOrUndefined(this.sync.patient.documents(this.name(meeting)).fetch());
    const ours = document && isOurs(document) ? document : undefined;
    const board = (ours?.data as BoardView | undefined) ?? EMPTY;
    this.seen = board.freed;
    return { document: ours, board };
  }

  /** @returns false when somebody else was first. */
  private async write(
    meeting: Lifetime,
    document: DocumentInstance | undefined,
    data: BoardView,
  ): Promise<boolean> {
    if (!document) {
      return (await this.sync.createDocument(this.name(meeting), data, meeting.expiresAt)) !== undefined;
    }
    try {
      await this.sync.patient.documents(document.sid).update({ ifMatch: document.revision, data });
      return true;
    } catch (error) {
      if (isTwilioError(error, 412) || isTwilioError(error, 404)) return false;
      throw error;
    }
  }

  private name({ key }: Pick<Lifetime, 'key'>): string {
    return this.sync.name('board', key);
  }
}
