/** How many guests the whole local stack lets in: entering the waiting room, then joining, over several connections. */
import type { Build } from '../scripts/build/project';
import { addFunction } from './built-functions';
import { startChild } from './child';
import { KeepAlive, postBytes } from './keep-alive';
import type { LocalStackCalls } from './processes/local-stack';
import type { Part } from './report';
import { median } from './statistics';

const CONNECTIONS = 8;
const ROUNDS = 8;
const ROUND_MS = 600;
/** Sync allows 20 reads a second of each meeting's document; together these are far above what a machine can ask. */
const MEETINGS = 100;
const BARE = '/bench/bare';
const HOST = 'localhost';

interface Meeting {
  readonly id: number;
  readonly roomId: string;
}

export async function throughput(build: Build): Promise<Part> {
  addFunction(build, BARE, 'exports.handler = (context, event, callback) => callback(null, { ok: true });\n');
  const stack = startChild<LocalStackCalls>(require.resolve('./processes/local-stack.ts'));
  try {
    const { frontPort } = await stack.call('start', { build, paths: [BARE] });
    const connections = await Promise.all(
      Array.from({ length: CONNECTIONS }, () => KeepAlive.open(frontPort)),
    );
    const meetings = await openMeetings(connections);
    let turn = 0;
    const admitOne = async (connection: KeepAlive): Promise<number> => {
      await admitGuest(connection, meetings[turn++ % MEETINGS] as Meeting);
      return 2;
    };
    const bareRequest = postBytes({ path: BARE, body: {} }, HOST);
    const askBare = async (connection: KeepAlive): Promise<number> => {
      await connection.send(bareRequest);
      return 1;
    };
    await perSecond(connections, admitOne);
    await perSecond(connections, askBare);
    const ours: number[] = [];
    const bare: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      ours.push(await perSecond(connections, admitOne));
      bare.push(await perSecond(connections, askBare));
    }
    for (const connection of connections) connection.close();
    return {
      title: 'Throughput',
      method: `requests through front port, functions and emulators over ${CONNECTIONS} connections, ${ROUNDS} rounds in turn`,
      comparisons: [
        {
          name: 'enter-waiting-room, then join',
          unit: '/s',
          ours: median(ours),
          peer: { name: 'bare function', value: median(bare) },
        },
      ],
    };
  } finally {
    await stack.end();
  }
}

/** Requests per second, every connection sending one after the other. */
async function perSecond(
  connections: readonly KeepAlive[],
  run: (connection: KeepAlive) => Promise<number>,
): Promise<number> {
  const begun = performance.now();
  let requests = 0;
  await Promise.all(
    connections.map(async (connection) => {
      while (performance.now() - begun < ROUND_MS) {
        const answered = await run(connection);
        requests += answered;
      }
    }),
  );
  return requests / ((performance.now() - begun) / 1000);
}

async function openMeetings(connections: readonly KeepAlive[]): Promise<Meeting[]> {
  const meetings: Meeting[] = [];
  await Promise.all(
    connections.map(async (connection, index) => {
      for (let n = index; n < MEETINGS; n += CONNECTIONS) {
        const { meeting_id } = await ask<{ meeting_id: number }>(connection, '/admin/create', {
          n_digits: 12,
        });
        const { room_id } = await ask<{ room_id: string }>(connection, '/admin/join', { meeting_id });
        meetings.push({ id: meeting_id, roomId: room_id });
      }
    }),
  );
  return meetings;
}

async function admitGuest(connection: KeepAlive, { id, roomId }: Meeting): Promise<void> {
  const meeting_id = id;
  const { identity } = await ask<{ identity: string }>(connection, '/user/enter-waiting-room', {
    meeting_id,
    name: 'Guest',
  });
  await ask(connection, '/user/join', { meeting_id, room_id: roomId, identity });
}

/** @throws Error for any answer but a 200 */
async function ask<T>(connection: KeepAlive, path: string, body: Record<string, unknown>): Promise<T> {
  const response = await connection.send(postBytes({ path, body }, HOST));
  if (response.status !== 200) throw new Error(`${path}: ${response.status} ${response.body}`);
  return JSON.parse(response.body) as T;
}
