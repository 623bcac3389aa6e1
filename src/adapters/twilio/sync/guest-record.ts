/** The document that one guest of a `manual` meeting watches; it is also the record of what was decided. */
import type { DocumentInstance } from 'twilio/lib/rest/sync/v1/service/document';
import { type GuestState, guestView } from '../../../domain/guest';
import { isRemoved, type LobbyView, type Meeting } from '../../../domain/meeting';
import { foundOrUndefined, isTwilioError } from '../client';
import { busy } from '../../../upstream/upstream';
import { isOurs, READ_ONLY, type SyncService } from './sync-service';

const MAX_CONFLICTS = 20;

export class GuestRecords {
  constructor(private readonly sync: SyncService) {}

  async fetch(meetingKey: string, guestId: string): Promise<DocumentInstance | undefined> {
    const document = await foundOrUndefined(
      this.sync.patient.documents(this.name(meetingKey, guestId)).fetch(),
    );
    return document && isOurs(document) ? document : undefined;
  }

  /** The guest's document, made if need be, and readable by `identity`. */
  async open(meeting: Meeting, guestId: string, identity: string): Promise<DocumentInstance> {
    // A guest who leaves at the same time may take it away again, at any point.
    for (let conflicts = 0; conflicts < MAX_CONFLICTS; conflicts += 1) {
      const document = (await this.create(meeting, guestId)) ?? (await this.fetch(meeting.key, guestId));
      if (document && (await this.permit(document.sid, identity))) return document;
    }
    throw busy();
  }

  private async permit(documentSid: string, identity: string): Promise<boolean> {
    const permissions = this.sync.patient.documents(documentSid).documentPermissions(identity);
    return (await foundOrUndefined(permissions.update(READ_ONLY))) !== undefined;
  }

  private create(meeting: Meeting, guestId: string): Promise<DocumentInstance | undefined> {
    const view = guestView({ state: 'waiting' }, meeting);
    return this.sync.createDocument(this.name(meeting.key, guestId), view, meeting.expiresAt);
  }

  /**
   * Compare-and-set on the guest's state; what is shown follows from state and meeting.
   * @returns the state then; undefined when there is no record, or none any more.
   */
  async update(
    meeting: Meeting,
    guestId: string,
    decide: (current: GuestState) => GuestState | 'gone',
  ): Promise<GuestState | undefined> {
    for (let conflicts = 0; conflicts < MAX_CONFLICTS; conflicts += 1) {
      const document = await this.fetch(meeting.key, guestId);
      if (!document) return undefined;
      const state = decide(stateOf(document, meeting, guestId));
      const stored = await this.store(document, state, meeting);
      if (stored) return state === 'gone' ? undefined : state;
    }
    throw busy();
  }

  private async store(
    document: DocumentInstance,
    state: GuestState | 'gone',
    meeting: Meeting,
  ): Promise<boolean> {
    const context = this.sync.patient.documents(document.sid);
    try {
      if (state === 'gone') {
        await context.remove();
        return true;
      }
      const view = guestView({ state }, meeting);
      if (!sameView(view, document.data as LobbyView)) {
        await context.update({ ifMatch: document.revision, data: view });
      }
      return true;
    } catch (error) {
      if (isTwilioError(error, 412)) return false;
      if (isTwilioError(error, 404)) return state === 'gone';
      throw error;
    }
  }

  private name(meetingKey: string, guestId: string): string {
    return this.sync.name('guest', meetingKey, guestId);
  }
}

/** What the document says was decided; that somebody was removed stands in the meeting's record. */
export function stateOf(document: DocumentInstance, meeting: Meeting, guestId: string): GuestState {
  return isRemoved(meeting, guestId) ? 'removed' : shownState(document);
}

/** Without the meeting a removed guest looks denied. A document that says `ended` was decided by the end. */
export function shownState(document: DocumentInstance): GuestState {
  const { state } = document.data as LobbyView;
  return state === 'ended' ? 'denied' : state;
}

const sameView = (a: LobbyView, b: LobbyView): boolean => a.state === b.state && a.room_id === b.room_id;
