/** What vendors send us. Only the fields that we use; whatever else comes is ignored. */
import * as z from 'zod/mini';

/** https://www.twilio.com/docs/sync/webhooks */
export const SyncWebhookRequest = z.object({
  EventType: z.string({ error: 'must be the type of the event' }),
  Identity: z.optional(z.string({ error: 'must be an identity' })),
});
