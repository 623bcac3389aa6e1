/** From the caller's request to the receiver's ringing, through the whole local stack, against a server in memory. */
import type { Build } from '../scripts/build/project';
import { startChild } from './child';
import { addOnlyRing, mailboxesOf, ONLY_RING } from './only-ring';
import { Pair, type Way } from './pair';
import type { BareCallsServerCalls } from './processes/bare-calls-server';
import type { IdleClientsCalls } from './processes/idle-clients';
import type { LocalStackCalls } from './processes/local-stack';
import type { Comparison, Part } from './report';
import { quantile } from './statistics';

const GOAL = 3;
/** Sync takes 20 writes a second of each mailbox: pairs take turns, and a pause lets it forget. */
const PAIRS = 8;
const ROUNDS = 200;
const WARM_UP = 20;
const PAUSE_MS = 40;
const CROWDS = [0, 1000] as const;
const THROUGHPUT_MS = 3_000;
/** Sync lets ten seconds' worth of writes through at once: until that is so again, calls would wait for it. */
const REFILL_MS = 10_000;

/** Ours; a server in memory; and what the platform takes for itself, of both. */
const WAYS = ['ours', 'bare', 'floor'] as const;
type Each<T> = Readonly<Record<(typeof WAYS)[number], T>>;
/** Of each the way for the pair of this number. */
type Ways = Each<(pair: number) => Way>;

export async function startToRing(build: Build): Promise<Part> {
  addOnlyRing(build);
  const stack = startChild<LocalStackCalls>(require.resolve('./processes/local-stack.ts'));
  const bare = startChild<BareCallsServerCalls>(require.resolve('./processes/bare-calls-server.ts'));
  const crowd = startChild<IdleClientsCalls>(require.resolve('./processes/idle-clients.ts'));
  try {
    const { frontPort, variables } = await stack.call('start', { build, paths: [ONLY_RING] });
    const ports = [frontPort, await bare.call('start')] as const;
    const comparisons: Comparison[] = [];
    let ways: Ways | undefined;
    let there = 0;
    for (const size of CROWDS) {
      for (const port of ports) {
        const url = `ws://127.0.0.1:${port}/?id=idle-{n}&name=Idle&location=Nairobi`;
        await crowd.call('open', { url, count: size - there, from: there });
      }
      there = size;
      await pause(REFILL_MS);
      ways ??= await waysTo(ports, variables);
      comparisons.push(...(await measure(ways, size)));
    }
    return {
      title: 'Start to ring',
      method: `${ROUNDS} calls of ${PAIRS} pairs in turn, each given up before the next; ours is in Sync before it rings, the server's is in memory; "one write to Sync" is a function that rings and does nothing else; calls a second are as many as Sync's limits let through one gateway's mailboxes`,
      comparisons,
    };
  } finally {
    await Promise.all([stack.end(), bare.end(), crowd.end()]);
  }
}

async function waysTo(
  [ours, bare]: readonly [number, number],
  variables: Readonly<Record<string, string>>,
): Promise<Ways> {
  const calls = { start: '/calls/start', end: '/calls/end' };
  // A gateway has mailboxes once somebody is there.
  const somebody = await Pair.open({ port: ours, ...calls }, 'somebody');
  const mailboxes = await mailboxesOf(variables);
  somebody.close();
  return {
    ours: () => ({ port: ours, ...calls }),
    bare: () => ({ port: bare, ...calls }),
    floor: (pair) => ({
      port: ours,
      start: ONLY_RING,
      more: { list: mailboxes[pair % mailboxes.length] ?? '' },
    }),
  };
}

async function measure(ways: Ways, crowd: number): Promise<Comparison[]> {
  const open = (way: keyof Ways): Promise<Pair[]> =>
    Promise.all(Array.from({ length: PAIRS }, (_, i) => Pair.open(ways[way](i), `${way}-${crowd}-${i}`)));
  const pairs: Each<Pair[]> = {
    ours: await open('ours'),
    bare: await open('bare'),
    floor: await open('floor'),
  };
  const rang: Each<number[]> = { ours: [], bare: [], floor: [] };
  for (let round = 0; round < ROUNDS + WARM_UP; round += 1) {
    for (const way of WAYS) {
      const ms = await (pairs[way][round % PAIRS] as Pair).call();
      if (round >= WARM_UP) rang[way].push(ms);
    }
    await pause(PAUSE_MS);
  }
  const perSecond = { ours: await callsPerSecond(pairs.ours), bare: await callsPerSecond(pairs.bare) };
  for (const pair of Object.values(pairs).flat()) pair.close();
  const others = crowd === 0 ? 'nobody else' : `${crowd} others online`;
  return [
    ...[50, 99].flatMap((p) => latencies(rang, p, others)),
    {
      name: `${others}, calls placed and ended`,
      unit: '/s',
      ours: perSecond.ours,
      peer: { name: 'bare ws server', value: perSecond.bare },
    },
  ];
}

function latencies(rang: Each<number[]>, p: number, others: string): Comparison[] {
  const at = (way: keyof Ways): number => quantile(rang[way], p / 100);
  const [ours, bare, floor] = [at('ours'), at('bare'), at('floor')];
  const goal = { text: `<= ${GOAL} x`, met: ours <= GOAL * bare };
  const row = { name: `${others}, p${p}`, unit: 'ms', ours } as const;
  return [
    { ...row, peer: { name: 'bare ws server', value: bare }, ...(p === 99 ? { goal } : {}) },
    { ...row, name: '', peer: { name: 'one write to Sync', value: floor } },
  ];
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** All pairs at once, each one call after the other. */
async function callsPerSecond(pairs: readonly Pair[]): Promise<number> {
  const begun = performance.now();
  const until = begun + THROUGHPUT_MS;
  const counts = await Promise.all(
    pairs.map(async (pair) => {
      let count = 0;
      for (; performance.now() < until; count += 1) await pair.call();
      return count;
    }),
  );
  return counts.reduce((sum, count) => sum + count, 0) / ((performance.now() - begun) / 1000);
}
