/** The peer: a bare `ws` server that sends the body of every POST to all sockets of the room that the path names. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { answerCalls } from '../child';
import { bytesInUse, type Memory } from '../memory-in-use';

const rooms = new Map<string, Set<WebSocket>>();
const sockets = new WebSocketServer({ noServer: true, clientTracking: false, perMessageDeflate: false });

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const message = Buffer.concat(chunks);
    for (const socket of rooms.get(request.url ?? '') ?? []) socket.send(message);
    response.end('{}');
  });
});

server.on('upgrade', (request, socket, head) => {
  sockets.handleUpgrade(request, socket, head, (webSocket) => {
    const path = request.url ?? '';
    const room = rooms.get(path) ?? new Set();
    rooms.set(path, room.add(webSocket));
    webSocket.on('close', () => room.delete(webSocket));
  });
});

const calls = {
  /** @returns its origin */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  },
  memory: (): Memory => bytesInUse(),
};

export type BroadcastServerCalls = typeof calls;

answerCalls(calls);
