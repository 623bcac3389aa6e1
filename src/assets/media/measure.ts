/** Measures what goes out of this page over connections that somebody has made. */
import type { NetworkReport } from './network';

/** Until it sends as much as it can: browsers begin with little. */
const SETTLE_MS = 2_500;
const MEASURE_MS = 4_000;
const LOOK_MS = 500;

interface Sample {
  readonly at: number;
  readonly bytes: number;
  readonly packets: number;
  readonly lost: number;
  readonly roundTripMs: number | undefined;
}

/**
 * @param stats of what is sent
 * @throws when `signal` is aborted
 */
export async function measureSending(
  stats: () => Promise<readonly RTCStatsReport[]>,
  signal: AbortSignal,
): Promise<NetworkReport> {
  await pause(SETTLE_MS, signal);
  const samples = [sampleOf(await stats())];
  for (let waited = 0; waited < MEASURE_MS; waited += LOOK_MS) {
    await pause(LOOK_MS, signal);
    samples.push(sampleOf(await stats()));
  }
  const [first, last] = [samples[0], samples.at(-1)];
  if (!first || !last || last.bytes <= first.bytes) return { reached: 'provider' };
  const trips = samples.flatMap(({ roundTripMs }) => roundTripMs ?? []);
  const packets = last.packets - first.packets;
  return {
    reached: 'media',
    roundTripMs: trips.length > 0 ? trips.reduce((sum, ms) => sum + ms, 0) / trips.length : undefined,
    lostPercent: packets > 0 ? (100 * Math.max(0, last.lost - first.lost)) / packets : undefined,
    sentKbps: (8 * (last.bytes - first.bytes)) / (last.at - first.at),
  };
}

function sampleOf(reports: readonly RTCStatsReport[]): Sample {
  // oxlint-disable-next-line typescript/no-explicit-any -- which fields an entry has depends on its type
  const entries: any[] = reports.flatMap((report) => [...report.values()]);
  const sum = (type: string, field: string): number =>
    entries.filter((one) => one.type === type).reduce((all, one) => all + Number(one[field] ?? 0), 0);
  const pair = entries.find(
    (one) => one.type === 'candidate-pair' && one.nominated && one.currentRoundTripTime,
  );
  const remote = entries.find((one) => one.type === 'remote-inbound-rtp' && one.roundTripTime);
  const seconds: number | undefined = remote?.roundTripTime ?? pair?.currentRoundTripTime;
  return {
    at: performance.now(),
    bytes: sum('outbound-rtp', 'bytesSent'),
    packets: sum('outbound-rtp', 'packetsSent'),
    lost: sum('remote-inbound-rtp', 'packetsLost'),
    roundTripMs: seconds === undefined ? undefined : 1000 * seconds,
  };
}

/** @throws when `signal` is aborted */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(new Error('aborted'));
    if (signal.aborted) return abort();
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', abort);
      resolve();
    }, ms);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        abort();
      },
      { once: true },
    );
  });
}
