/** From a socket's join or leave to the news of it at another's, through front port, functions and Sync. */
import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { Build } from '../scripts/build/project';
import { startChild } from './child';
import type { LocalStackCalls } from './processes/local-stack';
import type { Comparison } from './report';
import { quantile } from './statistics';

export const VISITS = 100;
/** These count for none: what is loaded for the first time takes longer. */
const WARM_UP = 5;
/** What is promised. */
const MOST_MS = 1_000;
/** Sync takes 20 writes a second of each list. */
const PAUSE_MS = 100;

type News = 'joined' | 'left';

export async function newsOfRooms(build: Build): Promise<Comparison[]> {
  const stack = startChild<LocalStackCalls>(require.resolve('./processes/local-stack.ts'));
  try {
    const { frontPort } = await stack.call('start', { build, paths: [] });
    const roomId = await newRoom(frontPort);
    const [watcher, visitor] = await Promise.all([opened(frontPort), opened(frontPort)]);
    watcher.send(JSON.stringify({ event: 'watch', data: { roomId } }));
    await once(watcher, 'message');
    const times: Readonly<Record<News, number[]>> = { joined: [], left: [] };
    for (let visit = -WARM_UP; visit < VISITS; visit += 1) {
      for (const [event, news] of [['join', 'joined'] as const, ['leave', 'left'] as const]) {
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
        const heard = newsAt(watcher, news);
        const begun = performance.now();
        visitor.send(JSON.stringify({ event, data: { roomId, userId: `visitor-${visit + WARM_UP}` } }));
        await heard;
        if (visit >= 0) times[news].push(performance.now() - begun);
      }
    }
    for (const socket of [watcher, visitor]) socket.close();
    return (['joined', 'left'] as const).map((news) => compared(news, quantile(times[news], 0.99)));
  } finally {
    await stack.end();
  }
}

const compared = (news: News, ours: number): Comparison => ({
  name: `somebody ${news}, until another knows (99 of 100)`,
  unit: 'ms',
  ours,
  peer: { name: 'what is promised', value: MOST_MS },
  goal: { text: '<= 1 x', met: ours <= MOST_MS },
});

async function newRoom(port: number): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${port}/rooms`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ roomName: 'daily' }),
  });
  if (answer.status !== 200) throw new Error(`no room: ${await answer.text()}`);
  return ((await answer.json()) as { id: string }).id;
}

async function opened(port: number): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/`);
  await once(socket, 'open');
  return socket;
}

function newsAt(socket: WebSocket, news: News): Promise<void> {
  return new Promise((resolve) => {
    const hear = (message: Buffer): void => {
      if (!message.includes(`"action":"${news}"`)) return;
      socket.off('message', hear);
      resolve();
    };
    socket.on('message', hear);
  });
}
