/** Persistent meetings in Sync: one document each, named by a keyed hash of the id. */
import type { DocumentInstance } from 'twilio/lib/rest/sync/v1/service/document';
import { isTryAgain } from '../../../domain/errors';
import {
  KEEP_DELETED_MS,
  KEEP_UNUSED_MS,
  type NewPersistentMeeting,
  type PersistentMeeting,
} from '../../../domain/persistent-meeting';
import type { MeetingRegistry } from '../../../ports/meeting-registry';
import { foundOrUndefined, isTwilioError } from '../client';
import { isOurs, type SyncService } from './sync-service';

interface MeetingData {
  readonly max_participants: number;
  /** ISO 8601. */
  readonly created_at: string;
  readonly deleted?: true;
}

interface StoredMeeting extends PersistentMeeting {
  /** For If-Match. */
  readonly revision: string;
}

/** Waits between creations grow no longer than after so many: Sync makes 20 objects a second. */
const LONGEST_WAIT_AFTER = 4;

export class SyncMeetingRegistry implements MeetingRegistry {
  constructor(private readonly sync: SyncService) {}

  /** Where hundreds are created at once this goes on for as long as the request has time. */
  async create(draft: NewPersistentMeeting): Promise<StoredMeeting | undefined> {
    const expiresAt = this.sync.clock.now() + KEEP_UNUSED_MS;
    for (;;) {
      try {
        const document = await this.sync.createDocument(this.name(draft.id), dataOf(draft), expiresAt);
        return document && meetingFrom(draft.id, document);
      } catch (error) {
        if (!isTryAgain(error) || !(await this.sync.upstream.pause(LONGEST_WAIT_AFTER))) throw error;
      }
    }
  }

  async find(id: string): Promise<StoredMeeting | undefined> {
    const document = await foundOrUndefined(this.sync.patient.documents(this.name(id)).fetch());
    return document && isOurs(document) ? meetingFrom(id, document) : undefined;
  }

  async isLive({ id, key }: PersistentMeeting): Promise<boolean> {
    try {
      const document = await foundOrUndefined(this.sync.prompt.documents(key).fetch());
      return document !== undefined && !meetingFrom(id, document).isDeleted;
    } catch (error) {
      if (isTwilioError(error, 429)) return true;
      throw error;
    }
  }

  async renew(meeting: PersistentMeeting): Promise<void> {
    const { key, revision } = meeting as StoredMeeting;
    const ttl = this.sync.secondsUntil(this.sync.clock.now() + KEEP_UNUSED_MS);
    try {
      await foundOrUndefined(this.sync.patient.documents(key).update({ ifMatch: revision, ttl }));
    } catch (error) {
      // Somebody else has renewed it, or it is being deleted.
      if (!isTwilioError(error, 412)) throw error;
    }
  }

  async markDeleted(meeting: PersistentMeeting): Promise<boolean> {
    const data: MeetingData = { ...dataOf(meeting), deleted: true };
    const ttl = this.sync.secondsUntil(this.sync.clock.now() + KEEP_DELETED_MS);
    const document = await foundOrUndefined(this.sync.patient.documents(meeting.key).update({ data, ttl }));
    return document !== undefined;
  }

  async forget({ key }: PersistentMeeting): Promise<void> {
    await foundOrUndefined(this.sync.patient.documents(key).remove());
  }

  private name(id: string): string {
    return this.sync.name('persistent-meeting', id);
  }
}

const dataOf = ({ maxParticipants, createdAt }: NewPersistentMeeting): MeetingData => ({
  max_participants: maxParticipants,
  created_at: new Date(createdAt).toISOString(),
});

function meetingFrom(id: string, document: DocumentInstance): StoredMeeting {
  const data = document.data as MeetingData;
  return {
    id,
    key: document.sid,
    maxParticipants: data.max_participants,
    createdAt: Date.parse(data.created_at),
    isDeleted: data.deleted ?? false,
    expiresAt: document.dateExpires.getTime(),
    revision: document.revision,
  };
}
