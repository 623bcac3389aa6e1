/**
 * Meetings in Sync: one document each, named by a keyed hash of the number. That document is the truth, the
 * notification and, in `auto` mode, what every guest watches, so one compare-and-set write commits a change
 * and tells everybody. A crowded meeting is also read from copies, see meeting-copies.ts.
 */
import { FoyerError } from '../../../domain/errors';
import type { Meeting } from '../../../domain/meeting';
import type { MeetingStore, NewMeeting } from '../../../ports/meeting-store';
import { foundOrUndefined, isTwilioError } from '../client';
import { lobbyIdentity } from './lobby-identity';
import { isCrowded, markCrowded, MeetingCopies } from './meeting-copies';
import { dataOf, meetingFrom, type StoredMeeting } from './meeting-record';
import { busy } from '../../../upstream/upstream';
import { isOurs, READ_ONLY, type SyncService } from './sync-service';

const MAX_CONFLICTS = 20;

export class SyncMeetingStore implements MeetingStore {
  private readonly copies: MeetingCopies;

  constructor(private readonly sync: SyncService) {
    this.copies = new MeetingCopies(sync);
  }

  async create({ id, admission, maxParticipants, expiresAt }: NewMeeting): Promise<Meeting | undefined> {
    const draft: Meeting = {
      id,
      key: '',
      state: 'waiting',
      admission,
      maxParticipants,
      removed: [],
      listBehind: false,
      lobby: '',
      expiresAt,
    };
    const document = await this.sync.createDocument(this.name(id), dataOf(draft, 0), expiresAt);
    if (!document) return undefined;
    if (admission === 'auto') {
      await this.sync.patient
        .documents(document.sid)
        .documentPermissions(lobbyIdentity(document.sid))
        .update(READ_ONLY);
    }
    return meetingFrom(id, document);
  }

  async find(id: string, spread?: string): Promise<StoredMeeting | undefined> {
    if (spread === undefined) return this.findOriginal(id, 'patient');
    if (!isCrowded(id)) {
      const answer = await this.findUncrowded(id);
      if (answer !== 'crowded') return answer;
    }
    return this.findInCrowd(id, spread);
  }

  private async findOriginal(id: string, manner: 'patient' | 'prompt'): Promise<StoredMeeting | undefined> {
    const document = await foundOrUndefined(this.sync[manner].documents(this.name(id)).fetch());
    if (!document || !isOurs(document)) return undefined;
    const meeting = meetingFrom(id, document);
    if (meeting.copies > 0) markCrowded(id);
    return meeting;
  }

  async findByKey(key: string): Promise<Pick<Meeting, 'key' | 'state' | 'removed' | 'roomId'> | undefined> {
    const document = await foundOrUndefined(this.sync.patient.documents(key).fetch());
    return document && isOurs(document) ? meetingFrom('', document) : undefined;
  }

  private async findUncrowded(id: string): Promise<StoredMeeting | undefined | 'crowded'> {
    try {
      return await this.findOriginal(id, 'prompt');
    } catch (error) {
      if (!isTwilioError(error, 429)) throw error;
      markCrowded(id);
      return 'crowded';
    }
  }

  /** From this reader's copy; while there is none, whoever gets hold of the meeting itself makes it. */
  private async findInCrowd(id: string, spread: string): Promise<StoredMeeting | undefined> {
    let attempt = 0;
    do {
      const copy = await this.copies.find(id, spread);
      if (copy) return copy;
      const meeting = await this.findUncrowded(id);
      if (meeting !== 'crowded') return meeting && this.copyFor(meeting, spread);
      attempt += 1;
    } while (await this.sync.upstream.pause(attempt));
    throw busy();
  }

  /**
   * The meeting says that it has copies before the first one is made, so whoever changes it from then on
   * brings all of them up to date. Who gets to say so makes them all; meanwhile others make their own.
   */
  private async copyFor(meeting: StoredMeeting, spread: string): Promise<StoredMeeting> {
    if (meeting.copies > 0) return this.copies.publish(meeting, spread);
    const marked = await this.write(meeting, meeting, 1);
    if (!marked) return meeting;
    await this.copies.publishAll(marked);
    return marked;
  }

  async update(meeting: Meeting, change: (current: Meeting) => Meeting): Promise<Meeting> {
    let current = meeting as StoredMeeting;
    for (let conflicts = 0; conflicts < MAX_CONFLICTS; conflicts += 1) {
      const changed = change(current);
      if (changed === current) {
        // Its copies may still lag, if whoever made this change could not finish.
        await this.copies.publishAll(current);
        return current;
      }
      const written = await this.write(current, changed, current.copies === 0 ? 0 : current.copies + 1);
      if (written) {
        await this.copies.publishAll(written);
        return written;
      }
      const reread = await this.findOriginal(current.id, 'patient');
      if (!reread || reread.key !== meeting.key) throw new FoyerError('not-found', 'this meeting is over.');
      current = reread;
    }
    throw new FoyerError('try-again', 'this meeting is changing too fast. Try again in a moment.');
  }

  /** @returns undefined when somebody else changed the meeting first. */
  private async write(
    current: StoredMeeting,
    changed: Meeting,
    copies: number,
  ): Promise<StoredMeeting | undefined> {
    if (current.revision === undefined) return undefined;
    try {
      const document = await this.sync.patient.documents(current.key).update({
        ifMatch: current.revision,
        data: dataOf(changed, copies),
      });
      return meetingFrom(current.id, document);
    } catch (error) {
      if (isTwilioError(error, 412) || isTwilioError(error, 404)) return undefined;
      throw error;
    }
  }

  private name(id: string): string {
    return this.sync.name('meeting', id);
  }
}
