/** The peer: a bare `ws` server that places calls in memory: whoever it forgets them for, they are gone. */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { answerCalls } from '../child';

interface Party {
  readonly user: Readonly<Record<string, string>>;
  readonly socket: WebSocket;
  call: string | undefined;
}

interface Placed {
  readonly caller: Party;
  readonly receiver: Party;
}

const online = new Map<string, Party>();
const placed = new Map<string, Placed>();
const sockets = new WebSocketServer({ noServer: true, clientTracking: false, perMessageDeflate: false });

function start({ callerId, receiverId }: Readonly<Record<string, string>>): object {
  const caller = online.get(callerId ?? '');
  const receiver = online.get(receiverId ?? '');
  if (!caller || !receiver || caller.call || receiver.call) return { status: 'ERROR' };
  const call = { id: randomUUID(), caller: caller.user, receiver: receiver.user, status: 'DIALLING' };
  placed.set(call.id, { caller, receiver });
  caller.call = receiver.call = call.id;
  receiver.socket.send(JSON.stringify({ type: 'INCOMING_CALL', call }));
  return call;
}

function end({ callId = '' }: Readonly<Record<string, string>>): object {
  const call = placed.get(callId);
  placed.delete(callId);
  for (const party of call ? [call.caller, call.receiver] : []) {
    party.call = undefined;
    party.socket.send(JSON.stringify({ type: 'END_CALL', call: { id: callId, status: 'ENDED' } }));
  }
  return { id: callId, status: 'ENDED' };
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const body = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, string>;
    const text = JSON.stringify(request.url === '/calls/start' ? start(body) : end(body));
    response.writeHead(200, { 'content-length': Buffer.byteLength(text) }).end(text);
  });
});

server.on('upgrade', (request, socket, head) => {
  sockets.handleUpgrade(request, socket, head, (webSocket) => {
    const user = Object.fromEntries(new URLSearchParams(request.url?.split('?')[1]));
    online.set(user['id'] ?? '', { user, socket: webSocket, call: undefined });
    webSocket.on('close', () => online.delete(user['id'] ?? ''));
  });
});

const calls = {
  /** @returns its port */
  async start(): Promise<number> {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  },
};

export type BareCallsServerCalls = typeof calls;

answerCalls(calls);
