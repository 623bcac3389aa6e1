/** The local stand-ins for a Twilio account: emulators in this process, and the Sync service that setup makes. */
import { randomBytes } from 'node:crypto';
import { createSyncEmulator } from '../../emulator/twilio-sync/server';
import { createVideoEmulator } from '../../emulator/twilio-video/server';
import { createSyncService } from './sync-service';
import type { Vendors } from './vendors';

/** Starts both on free loopback ports with an account that nobody else knows. */
export async function startTwilioEmulators(webhookUrl: string): Promise<Vendors> {
  const hex = (): string => randomBytes(16).toString('hex');
  const account = { accountSid: `AC${hex()}`, authToken: hex() };
  const key = { sid: `SK${hex()}`, secret: hex() };
  const credentials = { ...account, apiKeys: { [key.sid]: key.secret } };

  const sync = createSyncEmulator({ credentials });
  const video = createVideoEmulator({ credentials });
  const [syncAt, videoAt] = await Promise.all([sync.listen(), video.listen()]);
  const serviceSid = await createSyncService(syncAt.origin, account, webhookUrl);
  return {
    variables: {
      ACCOUNT_SID: account.accountSid,
      AUTH_TOKEN: account.authToken,
      TWILIO_API_KEY: key.sid,
      TWILIO_API_SECRET: key.secret,
      SYNC_SERVICE_SID: serviceSid,
      SYNC_REACHABILITY_WEBHOOKS: 'yes',
      SYNC_API_URL: syncAt.origin,
      VIDEO_API_URL: videoAt.origin,
    },
    sockets: { '/v3/wsconnect': syncAt.origin, '/signaling': videoAt.origin },
    lines: [
      `Twilio Sync: emulated on ${syncAt.origin}, service ${serviceSid}`,
      `Twilio Video: emulated on ${videoAt.origin}`,
    ],
    close: async () => {
      await Promise.all([sync.close(), video.close()]);
    },
  };
}
