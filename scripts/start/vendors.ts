/** What stands in, on this machine, for the vendors that are not configured. */
import type { SocketPaths } from '../../gateway/sockets';
import type { Settings } from './settings';

export interface Vendors {
  /** For the functions: accounts and addresses. */
  readonly variables: Readonly<Record<string, string>>;
  /** Where the browsers' sockets lead. */
  readonly sockets: SocketPaths;
  /** What is real and what is emulated, one line each. */
  readonly lines: readonly string[];
  close(): Promise<void>;
}

/** @param origin of the front port, which takes the vendors' webhooks. All come up, or none stays. */
export async function startVendors(settings: Settings, origin: string): Promise<Vendors> {
  const starting = [twilio(settings, origin), livekit(settings, origin), hundredMs(settings, origin)];
  const settled = await Promise.allSettled(starting);
  const vendors = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const close = async (): Promise<void> => {
    await Promise.all(vendors.map((vendor) => vendor.close()));
  };
  const failed = settled.find((one) => one.status === 'rejected');
  if (failed) {
    await close();
    throw failed.reason;
  }
  return {
    variables: Object.assign({}, ...vendors.map(({ variables }) => variables)) as Record<string, string>,
    sockets: Object.assign({}, ...vendors.map(({ sockets }) => sockets)) as SocketPaths,
    lines: vendors.flatMap(({ lines }) => lines),
    close,
  };
}

/** The developer's own: there is nothing to start. */
const real = (line: string): Vendors => ({
  variables: {},
  sockets: {},
  lines: [line],
  close: () => Promise.resolve(),
});

async function twilio({ realAccount }: Settings, origin: string): Promise<Vendors> {
  if (realAccount) return real('Twilio Sync and Video: real, on the account that is configured');
  const { startTwilioEmulators } = await import('./twilio-emulators');
  return startTwilioEmulators(`${origin}/webhooks/sync`);
}

async function livekit({ realLiveKit }: Settings, origin: string): Promise<Vendors> {
  if (realLiveKit) return real('LiveKit: real, on the server that is configured');
  const { startLiveKit } = await import('./livekit');
  return startLiveKit(process.env['PATH'], `${origin}/webhooks/livekit`);
}

async function hundredMs({ realHundredMs }: Settings, origin: string): Promise<Vendors> {
  if (realHundredMs) return real('100ms: real, by the key that is configured');
  const { startHundredMs } = await import('./hundredms');
  return startHundredMs(`${origin}/webhooks/hundredms`);
}
