/** What one more waiting guest costs the emulator, against an idle socket of a bare `ws` server. */
import { type Child, startChild } from './child';
import { EmulatedSync } from './emulated-sync';
import type { Memory } from './memory-in-use';
import type { BroadcastServerCalls } from './processes/broadcast-server';
import type { GuestGroup, GuestsCalls } from './processes/guests';
import type { SyncEmulatorCalls } from './processes/sync-emulator';
import type { Part } from './report';

const GUESTS = 1000;
/** Connected before the first measurement: what is made once for all guests is not counted. */
const FIRST_GUESTS = 100;
const KIB = 1024;

export async function memory(): Promise<Part> {
  const flags = ['--expose-gc'];
  const emulator = startChild<SyncEmulatorCalls>(require.resolve('./processes/sync-emulator.ts'), { flags });
  const bare = startChild<BroadcastServerCalls>(require.resolve('./processes/broadcast-server.ts'), {
    flags,
  });
  const guests = startChild<GuestsCalls>(require.resolve('./processes/guests.ts'));
  try {
    const sync = await EmulatedSync.start(emulator);
    const { pass, socketUrl } = await sync.meeting();
    const room = `${(await bare.call('start')).replace('http', 'ws')}/room`;
    const waiting = { kind: 'wire', url: socketUrl, token: pass.token, document: pass.object } as const;
    const idle = { kind: 'raw', url: room, token: '', document: '' } as const;
    const ours = await perGuest(() => emulator.call('memory'), guests, waiting);
    const peer = await perGuest(() => bare.call('memory'), guests, idle);
    return {
      title: 'Memory per waiting guest',
      method: `${GUESTS} guests more in the emulator, each subscribed to the meeting's document; after a full collection`,
      comparisons: [
        row('heap and buffers', ours.heap, peer.heap),
        row('whole process', ours.resident, peer.resident),
      ],
    };
  } finally {
    await Promise.all([emulator.end(), bare.end(), guests.end()]);
  }
}

const row = (name: string, ours: number, value: number) =>
  ({ name, unit: 'KiB', ours: ours / KIB, peer: { name: 'idle ws socket', value: value / KIB } }) as const;

/** Bytes for each of {@link GUESTS} further guests. */
async function perGuest(
  measure: () => Promise<Memory>,
  guests: Child<GuestsCalls>,
  group: Omit<GuestGroup, 'name' | 'count'>,
): Promise<Memory> {
  await guests.call('connect', { ...group, name: `first-${group.kind}`, count: FIRST_GUESTS });
  const before = await measure();
  await guests.call('connect', { ...group, name: `more-${group.kind}`, count: GUESTS });
  const after = await measure();
  return {
    heap: (after.heap - before.heap) / GUESTS,
    resident: (after.resident - before.resident) / GUESTS,
  };
}
