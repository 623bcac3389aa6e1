/** What an idle socket costs the gateway, against a bare `ws` server. */
import { startChild } from './child';
import type { Memory } from './memory-in-use';
import type { BroadcastServerCalls } from './processes/broadcast-server';
import type { IdleClientsCalls } from './processes/idle-clients';
import type { LiveGatewayCalls } from './processes/live-gateway';
import type { ObligingFunctionsCalls } from './processes/obliging-functions';
import type { Comparison, Part } from './report';

const SOCKETS = 10_000;
/** Connected before the first measurement: what is made once for all of them is not counted. */
const FIRST_SOCKETS = 500;
const GOAL = 1.5;
const KIB = 1024;

export async function idleSockets(): Promise<Part> {
  const flags = ['--expose-gc'];
  const functions = startChild<ObligingFunctionsCalls>(require.resolve('./processes/obliging-functions.ts'));
  const gateway = startChild<LiveGatewayCalls>(require.resolve('./processes/live-gateway.ts'), { flags });
  const bare = startChild<BroadcastServerCalls>(require.resolve('./processes/broadcast-server.ts'), {
    flags,
  });
  try {
    const origin = await gateway.call('start', { functions: await functions.call('start'), secret: 'bench' });
    const ours = await perSocket(
      () => gateway.call('memory'),
      `${origin.replace('http', 'ws')}/?id=user-{n}&name=User+{n}&location=Nairobi+-+Kenya`,
    );
    const peer = await perSocket(
      () => bare.call('memory'),
      `${(await bare.call('start')).replace('http', 'ws')}/everybody`,
    );
    return {
      title: 'Memory per idle socket',
      method: `${SOCKETS} people's sockets, after a full collection; the peer keeps them all in one set`,
      comparisons: [
        row('heap and buffers', ours.heap, peer.heap),
        row('whole process', ours.resident, peer.resident),
      ],
    };
  } finally {
    await Promise.all([functions.end(), gateway.end(), bare.end()]);
  }
}

const row = (name: string, ours: number, value: number): Comparison => ({
  name,
  unit: 'KiB',
  ours: ours / KIB,
  peer: { name: 'bare ws server', value: value / KIB },
  goal: { text: `<= ${GOAL} x`, met: ours <= GOAL * value },
});

async function perSocket(measure: () => Promise<Memory>, url: string): Promise<Memory> {
  const clients = startChild<IdleClientsCalls>(require.resolve('./processes/idle-clients.ts'));
  try {
    await clients.call('open', { url, count: FIRST_SOCKETS, from: 0 });
    const before = await measure();
    await clients.call('open', { url, count: SOCKETS, from: FIRST_SOCKETS });
    const after = await measure();
    return {
      heap: (after.heap - before.heap) / SOCKETS,
      resident: (after.resident - before.resident) / SOCKETS,
    };
  } finally {
    await clients.end();
  }
}
