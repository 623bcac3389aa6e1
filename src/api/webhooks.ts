/** What vendors send us. Only the fields that we use; whatever else comes is ignored. */
import * as z from 'zod/mini';

/** https://www.twilio.com/docs/sync/webhooks */
export const SyncWebhookRequest = z.object({
  EventType: z.string({ error: 'must be the type of the event' }),
  Identity: z.optional(z.string({ error: 'must be an identity' })),
});

/** https://www.twilio.com/docs/video/api/status-callbacks */
export const VideoWebhookRequest = z.object({
  StatusCallbackEvent: z.string({ error: 'must be the type of the event' }),
  RoomSid: z.string({ error: 'must be a room' }),
  RoomName: z.string({ error: 'must be the name of a room' }),
  ParticipantSid: z.optional(z.string({ error: 'must be a participant' })),
  ParticipantIdentity: z.optional(z.string({ error: 'must be an identity' })),
  /** Seconds; of one who has left. */
  ParticipantDuration: z.optional(z.string({ error: 'must be a duration' })),
  Timestamp: z.optional(z.string({ error: 'must be the time of the event' })),
  SequenceNumber: z.optional(z.string({ error: 'must be the number of the event' })),
});
export type VideoEvent = z.output<typeof VideoWebhookRequest>;

/** What the front port hands on of an event that LiveKit signed. */
export const LivekitEventRequest = z.object({
  event: z.string({ error: 'must be the type of the event' }),
  room_name: z.optional(z.string({ error: 'must be the name of a room' })),
  participant_id: z.optional(z.string({ error: 'must be a participant' })),
  participant_identity: z.optional(z.string({ error: 'must be an identity' })),
  /** Seconds since epoch. */
  participant_joined_at: z.optional(z.number({ error: 'must be a time' })),
  id: z.optional(z.string({ error: 'must be the id of the event' })),
  /** Seconds since epoch. */
  created_at: z.optional(z.number({ error: 'must be the time of the event' })),
});
export type LivekitEvent = z.output<typeof LivekitEventRequest>;

/** https://www.100ms.live/docs/server-side/v2/how-to-guides/configure-webhooks/webhook */
const text = z.optional(z.string({ error: 'must be text' }));
export const HundredMsEventRequest = z.object({
  id: z.string({ error: 'must be the id of the event' }),
  type: z.string({ error: 'must be the type of the event' }),
  timestamp: z.string({ error: 'must be the time of the event' }),
  data: z.optional(
    z.object(
      {
        room_id: text,
        room_name: text,
        peer_id: text,
        user_id: text,
        joined_at: text,
        left_at: text,
        session_stopped_at: text,
      },
      { error: 'must be what the event is about' },
    ),
  ),
});
export type HundredMsEvent = z.output<typeof HundredMsEventRequest>;
