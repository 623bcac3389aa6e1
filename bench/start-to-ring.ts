/** From the caller's request to the receiver's ringing, through the whole local stack, against a server in memory. */
import { WebSocket } from 'ws';
import type { Build } from '../scripts/build/project';
import { startChild } from './child';
import { KeepAlive, postBytes } from './keep-alive';
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
const HOST = 'localhost';

/** Two people who call each other over one server. */
class Pair {
  private ringing: ((at: number) => void) | undefined;

  private constructor(
    private readonly request: KeepAlive,
    private readonly callerId: string,
    private readonly receiverId: string,
    private readonly sockets: readonly WebSocket[],
  ) {}

  static async open(port: number, name: string): Promise<Pair> {
    const ids = [`${name}-caller`, `${name}-receiver`] as const;
    const open = async (id: string): Promise<WebSocket> => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}/?id=${id}&name=${id}&location=Nairobi`);
      await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
      return socket;
    };
    const sockets = [await open(ids[0]), await open(ids[1])];
    const pair = new Pair(await KeepAlive.open(port), ...ids, sockets);
    sockets[1]?.on('message', (data: Buffer) => {
      const at = performance.now();
      if ((JSON.parse(data.toString()) as { type: string }).type === 'INCOMING_CALL') pair.ringing?.(at);
    });
    return pair;
  }

  /** Places a call and gives it up. @returns ms until it rang */
  async call(): Promise<number> {
    const { callerId, receiverId } = this;
    const start = postBytes({ path: '/calls/start', body: { callerId, receiverId } }, HOST);
    const ringing = new Promise<number>((resolve) => (this.ringing = resolve));
    const begun = performance.now();
    const { status, body } = await this.request.send(start);
    const { id, status: state } = JSON.parse(body) as { id: string; status: string };
    if (status !== 200 || state !== 'DIALLING') throw new Error(`a call was not placed: ${status} ${body}`);
    const rang = await ringing;
    const ended = await this.request.send(
      postBytes({ path: '/calls/end', body: { callId: id, userId: callerId } }, HOST),
    );
    if (ended.status !== 200) throw new Error(`a call was not ended: ${ended.status} ${ended.body}`);
    return rang - begun;
  }

  close(): void {
    this.request.close();
    for (const socket of this.sockets) socket.terminate();
  }
}

export async function startToRing(build: Build): Promise<Part> {
  const stack = startChild<LocalStackCalls>(require.resolve('./processes/local-stack.ts'));
  const bare = startChild<BareCallsServerCalls>(require.resolve('./processes/bare-calls-server.ts'));
  const crowd = startChild<IdleClientsCalls>(require.resolve('./processes/idle-clients.ts'));
  try {
    const ports = {
      ours: (await stack.call('start', { build, paths: [] })).frontPort,
      bare: await bare.call('start'),
    };
    const comparisons: Comparison[] = [];
    let there = 0;
    for (const size of CROWDS) {
      for (const port of Object.values(ports)) {
        const url = `ws://127.0.0.1:${port}/?id=idle-{n}&name=Idle&location=Nairobi`;
        await crowd.call('open', { url, count: size - there, from: there });
      }
      there = size;
      await pause(REFILL_MS);
      comparisons.push(...(await measure(ports, size)));
    }
    return {
      title: 'Start to ring',
      method: `${ROUNDS} calls of ${PAIRS} pairs in turn, each given up before the next; ours is in Sync before it rings, the peer's in memory; calls a second are as many as Sync's limits let through one gateway's mailboxes`,
      comparisons,
    };
  } finally {
    await Promise.all([stack.end(), bare.end(), crowd.end()]);
  }
}

async function measure(ports: { ours: number; bare: number }, crowd: number): Promise<Comparison[]> {
  const open = (port: number): Promise<Pair[]> =>
    Promise.all(Array.from({ length: PAIRS }, (_, i) => Pair.open(port, `pair-${crowd}-${i}`)));
  const [ours, bare] = [await open(ports.ours), await open(ports.bare)];
  const rang: Record<'ours' | 'bare', number[]> = { ours: [], bare: [] };
  for (let round = 0; round < ROUNDS + WARM_UP; round += 1) {
    const pair = round % PAIRS;
    const times = [await (ours[pair] as Pair).call(), await (bare[pair] as Pair).call()] as const;
    if (round >= WARM_UP) {
      rang.ours.push(times[0]);
      rang.bare.push(times[1]);
    }
    await pause(PAUSE_MS);
  }
  const perSecond = { ours: await callsPerSecond(ours), bare: await callsPerSecond(bare) };
  for (const pair of [...ours, ...bare]) pair.close();
  const others = crowd === 0 ? 'nobody else' : `${crowd} others online`;
  return [
    ...[50, 99].map((p): Comparison => {
      const at = { ours: quantile(rang.ours, p / 100), bare: quantile(rang.bare, p / 100) };
      return {
        name: `${others}, p${p}`,
        unit: 'ms',
        ours: at.ours,
        peer: { name: 'bare ws server', value: at.bare },
        ...(p === 99 ? { goal: { text: `<= ${GOAL} x`, met: at.ours <= GOAL * at.bare } } : {}),
      };
    }),
    {
      name: `${others}, calls placed and ended`,
      unit: '/s',
      ours: perSecond.ours,
      peer: { name: 'bare ws server', value: perSecond.bare },
    },
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
