/** LiveKit for a local run, unless the developer has one: a real server if it is installed, else the emulator. */
import { randomBytes } from 'node:crypto';
import { createLiveKitEmulator } from '../../emulator/livekit/server';
import { findLiveKitServer, runLiveKitServer } from './livekit-server';
import type { Vendors } from './vendors';

/** @param webhookUrl told what happens in rooms. @throws Error when a server that is installed does not start */
export async function startLiveKit(path: string | undefined, webhookUrl: string): Promise<Vendors> {
  const key = { apiKey: `API${randomBytes(6).toString('hex')}`, apiSecret: randomBytes(24).toString('hex') };
  const program = findLiveKitServer(path);
  const server =
    program === undefined ? await emulate(key, webhookUrl) : await runLiveKitServer(program, key, webhookUrl);
  const { origin } = server;
  return {
    variables: {
      LIVEKIT_API_KEY: key.apiKey,
      LIVEKIT_API_SECRET: key.apiSecret,
      LIVEKIT_API_URL: origin,
    },
    // `livekit-client` speaks at the second; what is older, and other clients, at the first.
    sockets: { '/rtc': origin, '/rtc/v1': origin },
    lines: [
      program === undefined
        ? `LiveKit: emulated on ${origin}, without media: for that put livekit-server on the PATH ` +
          '(https://docs.livekit.io/home/self-hosting/local/), or set LIVEKIT_URL and its key'
        : `LiveKit: real, ${program} on ${origin}`,
    ],
    close: () => server.close(),
  };
}

async function emulate(key: { apiKey: string; apiSecret: string }, webhookUrl: string) {
  const emulator = createLiveKitEmulator({
    keys: { [key.apiKey]: key.apiSecret },
    webhookUrls: [webhookUrl],
  });
  const { origin } = await emulator.listen();
  return { origin, close: () => emulator.close() };
}
