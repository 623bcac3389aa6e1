/** Two requests that take turns, so that whatever slows the machine meanwhile slows both. */
import type { KeepAlive } from './keep-alive';
import { median } from './statistics';

const ROUNDS = 40;
const BATCH = 200;

export const TURNS = `one connection, ${ROUNDS} rounds of ${BATCH} requests each, in turn; medians`;

/** Typical times in ms. */
export interface Measured {
  readonly ours: number;
  readonly peer: number;
  /** The median of the rounds' ratios. */
  readonly ratio: number;
}

/** A request and the connection that it goes by. */
export type Sender = readonly [KeepAlive, Buffer];

export async function compare(ours: Sender, peer: Sender): Promise<Measured> {
  await batchMs(ours);
  await batchMs(peer);
  const rounds: { ours: number; peer: number }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    // Taking turns at going first as well.
    const first = await batchMs(round % 2 === 0 ? ours : peer);
    const second = await batchMs(round % 2 === 0 ? peer : ours);
    rounds.push(round % 2 === 0 ? { ours: first, peer: second } : { ours: second, peer: first });
  }
  return {
    ours: median(rounds.map((round) => round.ours)),
    peer: median(rounds.map((round) => round.peer)),
    ratio: median(rounds.map((round) => round.ours / round.peer)),
  };
}

/** Milliseconds for one request, over a batch. */
async function batchMs([connection, request]: Sender): Promise<number> {
  const begun = performance.now();
  for (let sent = 0; sent < BATCH; sent += 1) await connection.send(request);
  return (performance.now() - begun) / BATCH;
}
