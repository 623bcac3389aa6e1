/** Persistent LiveKit meetings on the wire: what each route takes and answers (seed 004, completed). */
import * as z from 'zod/mini';
import { personName, text, wholeNumber } from './parameters';

/** Any text: what is no meeting's id is not found, as a mistyped one is. */
const meetingId = text(1, 64, 'the id of a meeting, such as abc-defg-hij');

export const CreatePersistentMeetingRequest = z.object({
  max_participants: z.optional(wholeNumber(2, 1000)),
});
export const PersistentMeetingRequest = z.object({ meeting_id: meetingId });
export const JoinPersistentMeetingRequest = z.object({ meeting_id: meetingId, user_name: personName(200) });

export interface CreatePersistentMeetingResponse {
  readonly meeting_id: string;
  readonly meeting_link: string;
  /** ISO 8601, UTC, whole seconds. */
  readonly created_at: string;
  readonly livekit_url: string;
}

export interface JoinPersistentMeetingResponse {
  readonly provider: 'livekit';
  readonly token: string;
  readonly meeting_id: string;
  readonly user_name: string;
  readonly livekit_url: string;
  readonly user_id: string;
  /** Options for the LiveKit client. */
  readonly connect_options: Readonly<Record<string, unknown>>;
}

export interface MeetingInfoResponse {
  readonly meeting_id: string;
  readonly exists: true;
  readonly num_participants: number;
  readonly created_at: string;
  readonly max_participants: number;
}

export interface MeetingExistsResponse {
  readonly exists: boolean;
  readonly meeting_id: string;
}

export interface ParticipantEntry {
  readonly sid: string;
  readonly identity: string;
  readonly name: string;
  readonly state: string;
  /** Seconds since epoch. */
  readonly joined_at: number;
}

export interface ParticipantsResponse {
  readonly meeting_id: string;
  readonly participants: readonly ParticipantEntry[];
  readonly count: number;
}

export interface DeleteMeetingResponse {
  readonly success: true;
  readonly message: string;
  readonly meeting_id: string;
}
