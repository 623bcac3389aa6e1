/**
 * Sync allows 20 reads a second of one object, in bursts of ten seconds' worth. A meeting that thousands
 * enter at once is therefore also read, and watched, in copies: documents of their own, made on demand, each
 * serving its share of the guests. Whoever changes the meeting brings every copy up to date before the change
 * is answered, so a copy is never staler than the meeting itself.
 * https://www.twilio.com/docs/sync/limits
 */
import { createHash } from 'node:crypto';
import type { DocumentInstance } from 'twilio/lib/rest/sync/v1/service/document';
import { inParallel } from '../../../domain/in-parallel';
import { busy } from '../../../upstream/upstream';
import { foundOrUndefined, isTwilioError } from '../client';
import { lobbyIdentity } from './lobby-identity';
import { dataOf, meetingFrom, type MeetingData, type StoredMeeting } from './meeting-record';
import { isOurs, READ_ONLY, type SyncService } from './sync-service';

/**
 * 10,000 guests who arrive within a minute make 20,000 reads (one of ours, one of the browser's SDK). One
 * copy serves 200 + 60 × 20 = 1,400 of them in that minute; twice as many as needed even out the spread.
 */
const COPIES = 32;
const MAX_CONFLICTS = 20;

/** Meetings found crowded by this instance, with ms since epoch. Only saves calls: never relied upon. */
const crowded = new Map<string, number>();
const CROWDED_FOR_MS = 5 * 60_000;
const MAX_CROWDED = 1000;

export function markCrowded(id: string): void {
  if (crowded.size >= MAX_CROWDED) crowded.clear();
  crowded.set(id, Date.now() + CROWDED_FOR_MS);
}

export const isCrowded = (id: string): boolean => (crowded.get(id) ?? 0) > Date.now();

const copyFor = (spread: string): number =>
  createHash('sha256').update(spread).digest().readUInt32BE(0) % COPIES;

const versionOf = (copy: DocumentInstance): number => (copy.data as MeetingData).copies ?? 0;

export class MeetingCopies {
  constructor(private readonly sync: SyncService) {}

  /** The meeting as this reader's copy has it; undefined when there is no such copy. Cost: 1 read. */
  async find(id: string, spread: string): Promise<StoredMeeting | undefined> {
    const document = await this.fetch(this.name(id, copyFor(spread)));
    return document && versionOf(document) > 0 ? meetingFrom(id, document) : undefined;
  }

  /** Makes or updates the copy of this reader. @returns the meeting as the copy has it then. */
  publish(meeting: StoredMeeting, spread: string): Promise<StoredMeeting> {
    return this.publishCopy(meeting, copyFor(spread));
  }

  /** Brings every copy up to date, missing ones included: a slow maker must not bring back the past. */
  async publishAll(meeting: StoredMeeting): Promise<void> {
    if (meeting.copies === 0) return;
    const all = Array.from({ length: COPIES }, (_, index) => index);
    await inParallel(all, (index) => this.publishCopy(meeting, index));
  }

  private async publishCopy(meeting: StoredMeeting, index: number): Promise<StoredMeeting> {
    const name = this.name(meeting.id, index);
    for (let conflicts = 0; conflicts < MAX_CONFLICTS; conflicts += 1) {
      const existing = (await this.fetch(name)) ?? (await this.create(name, meeting));
      const written = existing && (await this.overwrite(existing, meeting));
      if (written) return meetingFrom(meeting.id, written);
    }
    throw busy();
  }

  private async fetch(name: string): Promise<DocumentInstance | undefined> {
    const document = await foundOrUndefined(this.sync.patient.documents(name).fetch());
    return document && isOurs(document) ? document : undefined;
  }

  /** A copy of version 0, which nobody takes for one: guests could not open it yet. */
  private create(name: string, meeting: StoredMeeting): Promise<DocumentInstance | undefined> {
    return this.sync.createDocument(name, dataOf(meeting, 0, meeting.key), meeting.expiresAt);
  }

  private async overwrite(
    existing: DocumentInstance,
    meeting: StoredMeeting,
  ): Promise<DocumentInstance | undefined> {
    const isSame = (existing.data as MeetingData).copy_of === meeting.key;
    if (isSame && versionOf(existing) >= meeting.copies) return existing;
    if (versionOf(existing) === 0) await this.permit(existing.sid, meeting);
    try {
      return await this.sync.patient.documents(existing.sid).update({
        ifMatch: existing.revision,
        data: dataOf(meeting, meeting.copies, meeting.key),
      });
    } catch (error) {
      if (isTwilioError(error, 412) || isTwilioError(error, 404)) return undefined;
      throw error;
    }
  }

  /** Guests of an `auto` meeting watch their copy; those of a `manual` one have documents of their own. */
  private async permit(documentSid: string, meeting: StoredMeeting): Promise<void> {
    if (meeting.admission === 'manual') return;
    await this.sync.patient
      .documents(documentSid)
      .documentPermissions(lobbyIdentity(documentSid))
      .update(READ_ONLY);
  }

  private name(id: string, index: number): string {
    return this.sync.name('meeting-copy', id, String(index));
  }
}
