/** The handshake of one WebSocket: agreed to or refused, in words that the client can read either way. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Server } from 'ws';
import { refuseUpgrade } from '../sockets';
import type { ClientSocket } from './client-socket';
import { closeCodeOf, closeReason, Refused } from './refusal';

/** RFC 6455 section 4.2.1: sixteen bytes in base64. */
const KEY = /^[+/0-9A-Za-z]{22}==$/;

function destroyThis(this: Duplex): void {
  this.destroy();
}

export class Handshake {
  constructor(
    private readonly server: Server<typeof ClientSocket>,
    private readonly req: IncomingMessage,
    private readonly socket: Duplex,
    private readonly head: Buffer,
  ) {
    // A client that vanishes is no reason to end the process.
    socket.on('error', destroyThis);
  }

  /** @throws Refused 400, 426 unless this is the beginning of a WebSocket. */
  requireWebSocket(): void {
    const { method, headers } = this.req;
    const isUpgrade = method === 'GET' && headers.upgrade?.toLowerCase() === 'websocket';
    if (!isUpgrade || headers['sec-websocket-version'] !== '13') {
      throw new Refused(426, 'this address speaks WebSocket, version 13.');
    }
    if (!KEY.test(headers['sec-websocket-key'] ?? '')) {
      throw new Refused(400, 'Sec-WebSocket-Key must be sixteen bytes in base64.');
    }
  }

  /** @returns undefined when the client has left. */
  accept(): ClientSocket | undefined {
    let accepted: ClientSocket | undefined;
    if (!this.socket.destroyed && this.socket.writable) {
      this.server.handleUpgrade(this.req, this.socket, this.head, (webSocket) => {
        accepted = webSocket;
      });
    }
    return accepted;
  }

  /** Over HTTP. */
  refuse({ status, message }: Refused): void {
    const body = { contentType: 'application/json', text: JSON.stringify({ message }) };
    refuseUpgrade(this.socket, status, message, { body, upgrade: status === 426 ? 'websocket' : undefined });
  }

  /**
   * Browsers hide from their pages why a handshake was refused: where one asks, the socket is opened and closed at
   * once, with the reason.
   */
  refuseReadably(refused: Refused): void {
    const webSocket = this.req.headers.origin === undefined ? undefined : this.accept();
    if (!webSocket) return this.refuse(refused);
    webSocket.on('error', () => undefined);
    webSocket.close(closeCodeOf(refused.status), closeReason(refused.message));
  }
}
