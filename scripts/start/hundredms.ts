/** The local stand-in for 100ms and its media servers, with a key and a webhook secret that nobody else knows. */
import { randomBytes } from 'node:crypto';
import { createHmsEmulator } from '../../emulator/hundredms/server';
import type { Vendors } from './vendors';

/** @param webhookUrl told what happens in rooms */
export async function startHundredMs(webhookUrl: string): Promise<Vendors> {
  const secret = (): string => randomBytes(24).toString('hex');
  const [accessKey, appSecret, webhookSecret] = [secret(), secret(), secret()];
  const emulator = createHmsEmulator({
    keys: { [accessKey]: appSecret },
    webhook: { url: webhookUrl, headers: { 'x-webhook-secret': webhookSecret } },
  });
  const { origin } = await emulator.listen();
  return {
    variables: {
      HMS_ACCESS_KEY: accessKey,
      HMS_APP_SECRET: appSecret,
      HMS_API_URL: `${origin}/v2`,
      HMS_WEBHOOK_SECRET: webhookSecret,
      // What the emulator's template knows.
      HMS_HOST_ROLE: 'host',
      HMS_GUEST_ROLE: 'guest',
      HMS_TEMPLATE_ID: '',
    },
    sockets: { '/init': origin },
    lines: [`100ms: emulated on ${origin}`],
    close: () => emulator.close(),
  };
}
