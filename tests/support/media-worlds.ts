/** The media servers that need nothing but this process: memory, and the vendors' emulators. */
import { randomBytes } from 'node:crypto';
import { createHmsEmulator } from '../../emulator/hundredms/server';
import { createLiveKitEmulator } from '../../emulator/livekit/server';
import { createVideoEmulator } from '../../emulator/twilio-video/server';
import { HundredMs } from '../../src/adapters/hundredms/media-server';
import { LiveKit } from '../../src/adapters/livekit/media-server';
import { MemoryMediaServer } from '../../src/adapters/memory/media-server';
import { TwilioVideo } from '../../src/adapters/twilio/video/media-server';
import { Upstream } from '../../src/upstream/upstream';
import { systemClock } from '../../src/ports/clock';
import { Tab } from '../emulator/twilio-video-tab';
import type { MediaWorld } from './media-world';

const hex = (bytes: number): string => randomBytes(bytes).toString('hex');
/** ms; a test need not wait as long as a request may. */
const LITTLE_TIME = 300;
/** Nothing listens on the port of "discard" on these machines. */
const NOWHERE = 'http://127.0.0.1:9';

export function memoryMediaWorld(): Promise<MediaWorld> {
  const media = new MemoryMediaServer(systemClock);
  return Promise.resolve({
    media: () => media,
    connect: (roomId, { token }) => Promise.resolve().then(() => media.connect(roomId, token)),
    now: () => Date.now(),
    close: () => Promise.resolve(),
  });
}

export async function twilioMediaWorld(): Promise<MediaWorld> {
  const apiKey = `SK${hex(16)}`;
  const apiSecret = hex(16);
  const account = { accountSid: `AC${hex(16)}`, authToken: hex(16), apiKey, apiSecret };
  const emulator = createVideoEmulator({
    credentials: { ...account, apiKeys: { [apiKey]: apiSecret } },
  });
  const { origin } = await emulator.listen();
  const adapter = (over: Partial<typeof account>, apiOrigin = origin, ms?: number) =>
    new TwilioVideo({ account: { ...account, ...over }, apiOrigin }, new Upstream(systemClock, ms));
  const tabs: Tab[] = [];
  return {
    media: () => adapter({}),
    strangers: () => adapter({ authToken: hex(16) }),
    unreachable: () => adapter({}, NOWHERE, LITTLE_TIME),
    connect: async (roomId, { token }) => {
      const tab = await Tab.join(origin, { token, name: roomId });
      tabs.push(tab);
      if (tab.phase !== 'connected') throw new Error(`refused: ${tab.ending?.code}`);
      return {
        isOut: () => tab.phase === 'disconnected',
        leave: () => Promise.resolve(tab.leave()),
      };
    },
    now: () => Date.now(),
    close: async () => {
      for (const tab of tabs) tab.close();
      await emulator.close();
    },
  };
}

/** Puts a participant into a room by the emulator's own door. */
const joinsAt =
  (emulator: {
    join(token: string): { readonly reason: string | undefined; leave(): void };
  }): MediaWorld['connect'] =>
  (_, { token }) =>
    Promise.resolve().then(() => {
      const attendee = emulator.join(token);
      return {
        isOut: () => attendee.reason !== undefined,
        leave: () => Promise.resolve(attendee.leave()),
      };
    });

export async function liveKitMediaWorld(): Promise<MediaWorld> {
  const key = { apiKey: 'devkey', apiSecret: hex(24) };
  const emulator = createLiveKitEmulator({ keys: { [key.apiKey]: key.apiSecret } });
  const { origin } = await emulator.listen();
  return {
    ...liveKitAdapters(origin, key),
    connect: joinsAt(emulator),
    now: () => Date.now(),
    close: () => emulator.close(),
  };
}

/** The adapter over a LiveKit server that answers at `origin`, with its key, a wrong one, and nowhere at all. */
export function liveKitAdapters(
  origin: string,
  key: { readonly apiKey: string; readonly apiSecret: string },
): Required<Pick<MediaWorld, 'media' | 'strangers' | 'unreachable'>> {
  const adapter = (apiUrl: string, apiSecret: string, ms?: number) =>
    new LiveKit(
      { ...key, apiSecret, apiUrl, socketUrl: origin.replace(/^http/, 'ws') },
      new Upstream(systemClock, ms),
      systemClock,
    );
  return {
    media: () => adapter(origin, key.apiSecret),
    strangers: () => adapter(origin, hex(24)),
    unreachable: () => adapter(NOWHERE, key.apiSecret, LITTLE_TIME),
  };
}

export async function hundredMsMediaWorld(): Promise<MediaWorld> {
  const key = { accessKey: hex(12), appSecret: hex(24) };
  const emulator = createHmsEmulator({ keys: { [key.accessKey]: key.appSecret }, limits: 'off' });
  const { origin } = await emulator.listen();
  const adapter = (apiOrigin: string, appSecret: string, ms?: number) =>
    new HundredMs(
      { ...key, appSecret, apiUrl: `${apiOrigin}/v2`, roles: { host: 'host', guest: 'guest' } },
      new Upstream(systemClock, ms),
      systemClock,
    );
  return {
    letsTwinsIn: true,
    media: () => adapter(origin, key.appSecret),
    strangers: () => adapter(origin, hex(24)),
    unreachable: () => adapter(NOWHERE, key.appSecret, LITTLE_TIME),
    connect: joinsAt(emulator),
    now: () => Date.now(),
    close: () => emulator.close(),
  };
}
