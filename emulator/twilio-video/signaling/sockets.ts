/** Takes browsers' sockets at `/signaling`, beside the REST API on the same port. */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { Connection } from './connection';
import type { Signaling } from './signaling';

const PATH = '/signaling';
/** Far above any session description. */
const LARGEST_MESSAGE_BYTES = 1024 * 1024;

export interface Sockets {
  /** Drops all of them without a goodbye. */
  kill(): void;
}

export function takeSockets(http: Server, signaling: Signaling): Sockets {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST_MESSAGE_BYTES });
  sockets.on('connection', (socket) => {
    const connection: Connection = new Connection(socket, {
      message: (body) => signaling.receive(connection, body),
      close: () => signaling.lose(connection),
    });
  });
  http.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    if (request.url?.split('?')[0] !== PATH) {
      stream.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, stream, head, (socket) => sockets.emit('connection', socket, request));
  });
  return {
    kill: () => {
      for (const socket of sockets.clients) socket.terminate();
    },
  };
}
