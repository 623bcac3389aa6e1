/** Takes clients' sockets, beside the server API on the same port: where, the answer to `GET /init` says. */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { refuseUpgrade } from '../../refuse-upgrade';
import { HmsError } from '../errors';
import { admit, type Door } from '../joining';
import { MESSAGE_BYTES } from '../limits';
import { converse } from './conversation';
import type { Hall, Visitor } from './hall';
import { hostIn, INIT_PATH } from './init';

const PEER_ID = /^[\w-]{1,64}$/;

export interface Sockets {
  /** Drops all of them without a goodbye. */
  kill(): void;
}

export function takeSockets(http: Server, hall: Hall, door: Door): Sockets {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MESSAGE_BYTES });
  http.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on('error', () => stream.destroy());
    try {
      const visitor = visitorIn(request, hall, door);
      sockets.handleUpgrade(request, stream, head, (socket) => converse(socket, visitor, hall, door));
    } catch (error) {
      const { status, body } = error instanceof HmsError ? error : new HmsError(500, 'internal error');
      refuseUpgrade(stream, status, 'application/json', JSON.stringify(body));
    }
  });
  return {
    kill: () => {
      for (const socket of sockets.clients) socket.terminate();
    },
  };
}

/** @throws {HmsError} 400, 401, 403, 404 */
function visitorIn(request: IncomingMessage, hall: Hall, door: Door): Visitor {
  const url = new URL((request.url ?? '/').replace(/^\/\/+/, '/'), 'http://emulator');
  if (url.pathname !== INIT_PATH) throw new HmsError(404, 'path not found');
  const admission = admit(door, url.searchParams.get('token') ?? undefined);
  const peerId = url.searchParams.get('peer') ?? '';
  if (!PEER_ID.test(peerId)) throw new HmsError(400, 'peer is missing');
  hall.stayOf(peerId, admission);
  return { admission, peerId, host: hostIn(request.headers) };
}
