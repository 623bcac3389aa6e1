/** LiveKit meetings that last, with a link (seed 004), in words, shapes and examples. */
import * as z from 'zod/mini';
import * as api from '../livekit-meetings';
import { MADE } from './made';
import {
  answerOf,
  connectOptions,
  listOf,
  liveKitToken,
  liveKitUrl,
  type Operation,
  said,
  textOf,
  time,
} from './operation';

const meetingId = () => textOf('Such as abc-defg-hij.');
const created = answerOf<api.CreatePersistentMeetingResponse>()(
  z.object({
    meeting_id: meetingId(),
    meeting_link: z.string(),
    created_at: time(),
    livekit_url: liveKitUrl(),
  }),
);
const joined = answerOf<api.JoinPersistentMeetingResponse>()(
  z.object({
    provider: z.literal('livekit'),
    token: liveKitToken(),
    meeting_id: meetingId(),
    user_name: z.string(),
    livekit_url: liveKitUrl(),
    user_id: textOf('Public: the identity in the room.'),
    connect_options: connectOptions(),
  }),
);
const info = answerOf<api.MeetingInfoResponse>()(
  z.object({
    meeting_id: meetingId(),
    exists: z.literal(true),
    num_participants: z.int(),
    created_at: time(),
    max_participants: z.int(),
  }),
);
const exists = answerOf<api.MeetingExistsResponse>()(
  z.object({ exists: z.boolean(), meeting_id: meetingId() }),
);
const participant = answerOf<api.ParticipantEntry>()(
  z.object({
    sid: z.string(),
    identity: z.string(),
    name: z.string(),
    state: z.string(),
    joined_at: said('Seconds since epoch.', z.number()),
  }),
);
const participants = answerOf<api.ParticipantsResponse>()(
  z.object({ meeting_id: meetingId(), participants: listOf(participant), count: z.int() }),
);
const deleted = answerOf<api.DeleteMeetingResponse>()(
  z.object({ success: z.literal(true), message: z.string(), meeting_id: meetingId() }),
);

const meeting_id = MADE.meetingId;
const notFound = {
  status: 404,
  when: 'There is no such meeting.',
  request: { meeting_id: 'zzz-zzzz-zzz' },
  message: 'Meeting not found',
};

export const PERSISTENT: readonly Operation[] = [
  {
    path: '/api/v1/meetings/create',
    caller: 'operator',
    summary: 'A meeting with a link that lasts.',
    request: api.CreatePersistentMeetingRequest,
    answer: created,
    example: {
      request: { max_participants: 20 },
      answer: {
        meeting_id,
        meeting_link: MADE.meetingLink,
        created_at: MADE.createdAt,
        livekit_url: MADE.livekitUrl,
      },
    },
    refusals: [
      {
        status: 400,
        when: 'Bad input.',
        request: { max_participants: 1 },
        message: 'max_participants must be a whole number from 2 to 1000.',
      },
    ],
  },
  {
    path: '/api/v1/meetings/join',
    caller: 'anybody',
    summary: 'Anybody with the link joins, under any name.',
    request: api.JoinPersistentMeetingRequest,
    answer: joined,
    example: {
      request: { meeting_id, user_name: 'John Doe' },
      answer: {
        provider: 'livekit',
        token: MADE.visitorToken,
        meeting_id,
        user_name: 'John Doe',
        livekit_url: MADE.livekitUrl,
        user_id: MADE.visitorId,
        connect_options: {},
      },
    },
    refusals: [{ ...notFound, request: { ...notFound.request, user_name: 'John Doe' } }],
  },
  {
    path: '/api/v1/meetings/info',
    caller: 'anybody',
    summary: 'The meeting, and how many are in it now.',
    request: api.PersistentMeetingRequest,
    answer: info,
    example: {
      request: { meeting_id },
      answer: {
        meeting_id,
        exists: true,
        num_participants: 0,
        created_at: MADE.createdAt,
        max_participants: 20,
      },
    },
    refusals: [notFound],
  },
  {
    path: '/api/v1/meetings/exists',
    caller: 'anybody',
    summary: 'Whether there is such a meeting; never “not found”.',
    request: api.PersistentMeetingRequest,
    answer: exists,
    example: { request: { meeting_id }, answer: { exists: true, meeting_id } },
  },
  {
    path: '/api/v1/meetings/participants',
    caller: 'anybody',
    summary: 'Who is in the meeting now.',
    request: api.PersistentMeetingRequest,
    answer: participants,
    example: { request: { meeting_id }, answer: { meeting_id, participants: [], count: 0 } },
    refusals: [notFound],
  },
  {
    path: '/api/v1/meetings/delete',
    caller: 'operator',
    summary: 'Ends the meeting for everybody, for good.',
    request: api.PersistentMeetingRequest,
    answer: deleted,
    example: {
      request: { meeting_id },
      answer: { success: true, message: 'Meeting deleted successfully', meeting_id },
    },
    refusals: [notFound],
  },
];
