/** From the moment the host's write sets out to the moment each guest hears of it, against a plain broadcast. */
import { openMeeting, type Meeting } from '../src/domain/meeting';
import { startChild, type Child } from './child';
import { EmulatedSync } from './emulated-sync';
import type { BroadcastServerCalls } from './processes/broadcast-server';
import type { GuestGroup, GuestsCalls } from './processes/guests';
import type { SyncEmulatorCalls } from './processes/sync-emulator';
import type { Comparison, Part } from './report';
import { quantile } from './statistics';

const GOAL = 1.5;
const WORKERS = 2;
const WARM_UP = 5;
/** Guests → rounds: so many that the slowest hundredth is more than one unlucky event. */
const SIZES = [
  { guests: 1, rounds: 200 },
  { guests: 100, rounds: 60 },
  { guests: 1000, rounds: 24 },
] as const;
const KINDS = ['sdk', 'wire', 'raw'] as const;
const SETTLE_MS = 5;

type Kind = (typeof KINDS)[number];

/** Makes a change and resolves when that was answered. */
type Write = () => Promise<unknown>;

export async function notify(): Promise<Part> {
  const emulator = startChild<SyncEmulatorCalls>(require.resolve('./processes/sync-emulator.ts'));
  const broadcast = startChild<BroadcastServerCalls>(require.resolve('./processes/broadcast-server.ts'));
  const workers = Array.from({ length: WORKERS }, () =>
    startChild<GuestsCalls>(require.resolve('./processes/guests.ts')),
  );
  try {
    const sync = await EmulatedSync.start(emulator);
    const origin = await broadcast.call('start');
    const comparisons: Comparison[] = [];
    for (const { guests, rounds } of SIZES) {
      const writes = await gather(sync, origin, workers, guests);
      const heard: Record<Kind, number[]> = { sdk: [], wire: [], raw: [] };
      for (let round = 0; round < rounds + WARM_UP; round += 1) {
        for (const kind of KINDS) {
          const latencies = await oneRound(workers, `${kind}-${guests}`, writes[kind]);
          if (round >= WARM_UP) heard[kind].push(...latencies);
        }
      }
      comparisons.push(...compare(guests, heard));
    }
    const method = `${SIZES.map(({ guests, rounds }) => `${rounds} rounds of ${guests}`).join(', ')} guests in ${WORKERS} processes, in turn with the broadcast`;
    return { title: 'Host joins, guests hear', method, comparisons };
  } finally {
    await Promise.all([emulator.end(), broadcast.end(), ...workers.map((worker) => worker.end())]);
  }
}

/** Brings `guests` of each kind together. @returns how each kind is told of something */
async function gather(
  sync: EmulatedSync,
  broadcastOrigin: string,
  workers: readonly Child<GuestsCalls>[],
  guests: number,
): Promise<Record<Kind, Write>> {
  const seats = async (group: Omit<GuestGroup, 'count'>): Promise<void> => {
    await Promise.all(
      workers.map((worker, i) => worker.call('connect', { ...group, count: share(guests, i) })),
    );
  };
  const writes: Partial<Record<Kind, Write>> = {};
  for (const kind of ['sdk', 'wire'] as const) {
    const { meeting, pass, socketUrl } = await sync.meeting();
    await seats({
      name: `${kind}-${guests}`,
      kind,
      url: socketUrl,
      token: pass.token,
      document: pass.object,
    });
    writes[kind] = hostJoins(sync, meeting);
  }
  const room = `/room-${guests}`;
  const url = `${broadcastOrigin.replace('http', 'ws')}${room}`;
  await seats({ name: `raw-${guests}`, kind: 'raw', url, token: '', document: '' });

  // One change tells how long it is on the wire; the broadcast sends as much.
  const name = `wire-${guests}`;
  await oneRound(workers, name, writes.wire as Write);
  const bytes = Math.max(...(await Promise.all(workers.map((worker) => worker.call('bytes', name)))));
  const body = JSON.stringify({ padding: 'x'.repeat(bytes - '{"padding":""}'.length) });
  const headers = { 'content-type': 'application/json' };
  writes.raw = async () =>
    (await fetch(`${broadcastOrigin}${room}`, { method: 'POST', headers, body })).text();
  return writes as Record<Kind, Write>;
}

/** The first write of a host who comes, again and again: every time with another room. */
function hostJoins(sync: EmulatedSync, meeting: Meeting): Write {
  let current = meeting;
  let rooms = 0;
  return async () => {
    rooms += 1;
    const roomId = `RM${String(rooms).padStart(32, '0')}`;
    current = await sync.services().meetings.update(current, (now) => openMeeting(now, roomId));
  };
}

const share = (guests: number, worker: number): number =>
  Math.floor(guests / WORKERS) + (worker < guests % WORKERS ? 1 : 0);

/** Milliseconds until each guest of the group heard. */
async function oneRound(
  workers: readonly Child<GuestsCalls>[],
  group: string,
  write: Write,
): Promise<number[]> {
  const guests = Number(group.split('-')[1]);
  const hearing = workers.filter((_, i) => share(guests, i) > 0).map((worker) => worker.call('heard', group));
  // Whatever the round before has left to do is not this one's.
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  const begun = Number(process.hrtime.bigint());
  await write();
  const times = await Promise.all(hearing);
  return times.flatMap((worker) => [...worker]).map((time) => (time - begun) / 1e6);
}

function compare(guests: number, heard: Record<Kind, number[]>): Comparison[] {
  const whom = guests === 1 ? '1 guest' : `${guests} guests`;
  return ([50, 99] as const).flatMap((p) => {
    const at = (kind: Kind): number => quantile(heard[kind], p / 100);
    const peer = { name: 'raw ws broadcast', value: at('raw') };
    const row = (name: string, kind: Kind): Comparison => ({
      name,
      unit: 'ms',
      ours: at(kind),
      peer,
      ...(p === 99 ? { goal: { text: `<= ${GOAL} x`, met: at(kind) <= GOAL * at('raw') } } : {}),
    });
    return [row(`${whom}, p${p}`, 'sdk'), row('… on the wire, without the SDK', 'wire')];
  });
}
