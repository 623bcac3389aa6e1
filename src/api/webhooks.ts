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
});

/** What the front port hands on of an event that LiveKit signed. */
export const LivekitEventRequest = z.object({
  event: z.string({ error: 'must be the type of the event' }),
  room_name: z.optional(z.string({ error: 'must be the name of a room' })),
  participant_id: z.optional(z.string({ error: 'must be a participant' })),
  participant_identity: z.optional(z.string({ error: 'must be an identity' })),
});
