/** The document that one guest of a `manual` meeting watches; it is also the record of what was decided. */
import type { DocumentInstance } from 'twilio/lib/rest/sync/v1/service/document';
import { type GuestState, guestView } from '../../../domain/guest';
import { type HostMessage, withMessage } from '../../../domain/host-message';
import { isRemoved, type LobbyView, type Meeting } from '../../../domain/meeting';
import { foundOrUndefined, isTwilioError } from '../client';
import { busy } from '../../../upstream/upstream';
import { isOurs, READ_ONLY, type SyncService } from './sync-service';

const MAX_CONFLICTS = 20;

/**
 * A guest who leaves has the record marked and its life cut short, because Sync deletes documents whatever their
 * revision: so leaving is compare-and-set like every other decision. From then on the record counts as gone. It is
 * not told from when the record expires: that is by the vendor's clock, and was computed by ours.
 */
const LEFT_SECONDS = 5;

interface GuestData extends LobbyView {
  readonly left?: true;
}

const hasLeft = ({ data }: DocumentInstance): boolean => (data as GuestData).left === true;

export class GuestRecords {
  constructor(private readonly sync: SyncService) {}

  async fetch(meeting: Pick<Meeting, 'key'>, guestId: string): Promise<DocumentInstance | undefined> {
    const document = await this.fetchAny(meeting, guestId);
    return document && !hasLeft(document) ? document : undefined;
  }

  private async fetchAny(
    { key }: Pick<Meeting, 'key'>,
    guestId: string,
  ): Promise<DocumentInstance | undefined> {
    const document = await foundOrUndefined(this.sync.patient.documents(this.name(key, guestId)).fetch());
    return document && isOurs(document) ? document : undefined;
  }

  /** The guest's document, made if need be, and readable by `identity`. */
  async open(meeting: Meeting, guestId: string, identity: string): Promise<DocumentInstance> {
    for (let conflicts = 0; conflicts < MAX_CONFLICTS; conflicts += 1) {
      const document = (await this.create(meeting, guestId)) ?? (await this.reopen(meeting, guestId));
      if (document && (await this.permit(document.sid, identity))) return document;
    }
    throw busy();
  }

  /** The document of a guest who is back, revived if they had left. @returns undefined when it changed or went. */
  private async reopen(meeting: Meeting, guestId: string): Promise<DocumentInstance | undefined> {
    const document = await this.fetchAny(meeting, guestId);
    if (!document || !hasLeft(document)) return document;
    try {
      return await this.sync.patient.documents(document.sid).update({
        ifMatch: document.revision,
        data: guestView({ state: 'waiting' }, meeting),
        ttl: this.sync.secondsUntil(meeting.expiresAt),
      });
    } catch (error) {
      if (isTwilioError(error, 412) || isTwilioError(error, 404)) return undefined;
      throw error;
    }
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
   * Compare-and-set on the guest's state; what is shown follows from state and meeting. A decision that
   * changes nothing writes nothing: it could only show what has passed.
   * @returns the state then; undefined when there is no record, or none any more.
   */
  async update(
    meeting: Meeting,
    guestId: string,
    decide: (current: GuestState) => GuestState | 'gone',
  ): Promise<GuestState | undefined> {
    for (let conflicts = 0; conflicts < MAX_CONFLICTS; conflicts += 1) {
      const document = await this.fetch(meeting, guestId);
      if (!document) return undefined;
      const state = decide(stateOf(document, meeting, guestId));
      if (state === shownState(document)) return state;
      const change =
        state === 'gone'
          ? { data: { ...(document.data as LobbyView), left: true as const }, ttl: LEFT_SECONDS }
          : { data: guestView({ state }, meeting) };
      if (await this.change(document, change)) return state === 'gone' ? undefined : state;
    }
    throw busy();
  }

  /** @returns the state then; only a guest who waits was told. undefined when there is no record (any more). */
  async tell(meeting: Meeting, guestId: string, message: HostMessage): Promise<GuestState | undefined> {
    for (let conflicts = 0; conflicts < MAX_CONFLICTS; conflicts += 1) {
      const document = await this.fetch(meeting, guestId);
      const state = document && stateOf(document, meeting, guestId);
      if (!document || state !== 'waiting') return state;
      const view = document.data as LobbyView;
      const messages = withMessage(view.messages, message);
      if (messages === view.messages) return state;
      const data = { ...view, messages };
      if (await this.change(document, { data })) return state;
    }
    throw busy();
  }

  /** Shows the guest what `meeting` means now. */
  async show(meeting: Meeting, guestId: string): Promise<void> {
    for (let conflicts = 0; conflicts < MAX_CONFLICTS; conflicts += 1) {
      const document = await this.fetch(meeting, guestId);
      if (!document) return;
      const data = guestView({ state: stateOf(document, meeting, guestId) }, meeting);
      if (sameView(data, document.data as LobbyView)) return;
      if (await this.change(document, { data })) return;
    }
    throw busy();
  }

  /** @returns false when somebody else changed the document first. */
  private async change(
    document: DocumentInstance,
    change: { readonly data: GuestData; readonly ttl?: number },
  ): Promise<boolean> {
    try {
      await this.sync.patient.documents(document.sid).update({ ifMatch: document.revision, ...change });
      return true;
    } catch (error) {
      if (isTwilioError(error, 412) || isTwilioError(error, 404)) return false;
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
