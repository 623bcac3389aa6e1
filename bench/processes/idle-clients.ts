/** Many clients that open a WebSocket and say nothing, from several addresses of this machine. */
import { WebSocket } from 'ws';
import { answerCalls } from '../child';

/** More at once would time each other out. */
const CONNECTING = 25;
/** As many as a client of one address may have. */
const PER_ADDRESS = 900;

const sockets: WebSocket[] = [];

async function open(url: string, index: number): Promise<void> {
  const localAddress = `127.0.0.${2 + Math.floor(index / PER_ADDRESS)}`;
  const socket = new WebSocket(url, { perMessageDeflate: false, localAddress });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  socket.on('close', (code, reason) => {
    throw new Error(`an idle socket was closed: ${code} ${reason.toString()}`);
  });
  sockets.push(socket);
}

const calls = {
  /** @param url in which `{n}` is the number of the client */
  async open({ url, count, from }: { url: string; count: number; from: number }): Promise<void> {
    for (let begun = 0; begun < count; begun += CONNECTING) {
      const batch = Math.min(CONNECTING, count - begun);
      const indexes = Array.from({ length: batch }, (_, i) => from + begun + i);
      await Promise.all(indexes.map((index) => open(url.replaceAll('{n}', String(index)), index)));
    }
  },
};

export type IdleClientsCalls = typeof calls;

answerCalls(calls);
