/** The local stand-ins for a Twilio account: emulators in this process, and the Sync service that setup makes. */
import { createOutboxPage } from '../../emulator/twilio-api/outbox-page';
import { createAccountEmulator } from '../../emulator/twilio-api/server';
import { createSyncEmulator } from '../../emulator/twilio-sync/server';
import { createVideoEmulator } from '../../emulator/twilio-video/server';
import { emulatedAccount } from './emulated-account';
import { createSyncService } from './sync-service';
import type { Vendors } from './vendors';

/** Of the vendor's magic numbers the one that may always send. */
const SENDER = '+15005550006';

/** Starts them on free loopback ports with an account that nobody else knows. */
export async function startTwilioEmulators(webhookUrl: string): Promise<Vendors> {
  const account = emulatedAccount();
  const { credentials } = account;

  const sync = createSyncEmulator({ credentials });
  const video = createVideoEmulator({ credentials });
  const api = createAccountEmulator({ credentials });
  const outbox = createOutboxPage(() => api.messages);
  const [syncAt, videoAt, apiAt, outboxAt] = await Promise.all([
    sync.listen(),
    video.listen(),
    api.listen(),
    outbox.listen(),
  ]);
  const serviceSid = await createSyncService(syncAt.origin, account, webhookUrl);
  return {
    variables: {
      ...account.variables,
      SYNC_SERVICE_SID: serviceSid,
      SYNC_REACHABILITY_WEBHOOKS: 'yes',
      SYNC_API_URL: syncAt.origin,
      VIDEO_API_URL: videoAt.origin,
      TWILIO_API_URL: apiAt.origin,
      SMS_FROM: SENDER,
      SMS_OUTBOX_URL: outboxAt.origin,
    },
    sockets: { '/v3/wsconnect': syncAt.origin, '/signaling': videoAt.origin },
    lines: [
      `Twilio Sync: emulated on ${syncAt.origin}, service ${serviceSid}`,
      `Twilio Video: emulated on ${videoAt.origin}`,
      `Twilio Messaging: emulated on ${apiAt.origin}; what is sent is shown on ${outboxAt.origin}`,
    ],
    close: async () => {
      await Promise.all([sync.close(), video.close(), api.close(), outbox.close()]);
    },
  };
}
