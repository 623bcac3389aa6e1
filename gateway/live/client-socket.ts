/** The server's side of a client's WebSocket: what `ws` closes by itself it closes with a reason, too. */
import { type RawData, WebSocket } from 'ws';
import { LIVE_LIMITS } from './limits';
import type { LiveSocket } from './live-socket';

/** Who is told of what happens on sockets. */
export interface Visits {
  heard(socket: LiveSocket, data: Buffer, isBinary: boolean): void;
  pinged(socket: LiveSocket, data: Buffer): void;
  left(socket: LiveSocket): void;
}

/** RFC 6455 section 7.4.1. */
const REASONS: Readonly<Record<number, string>> = {
  1002: 'this is no WebSocket frame.',
  1007: 'messages are text in UTF-8.',
  1009: `a message may hold ${LIVE_LIMITS.messageBytes} bytes.`,
};

export class ClientSocket extends WebSocket {
  live: LiveSocket | undefined;
  visits: Visits | undefined;

  attend(live: LiveSocket, visits: Visits): void {
    this.live = live;
    this.visits = visits;
    // The same functions for every socket: ten thousand of them need none of their own.
    this.on('message', onMessage);
    this.on('ping', onPing);
    this.on('pong', onPong);
    this.on('close', onClose);
    this.on('error', onError);
  }

  override close(code?: number, reason: string | Buffer = REASONS[code ?? 0] ?? ''): void {
    super.close(code, reason);
  }
}

function onMessage(this: WebSocket, data: RawData, isBinary: boolean): void {
  const { live, visits } = this as ClientSocket;
  if (!live) return;
  live.isAlive = true;
  // Unless `binaryType` is changed, it is one buffer.
  visits?.heard(live, data as Buffer, isBinary);
}

function onPing(this: WebSocket, data: Buffer): void {
  const { live, visits } = this as ClientSocket;
  if (live) visits?.pinged(live, data);
}

function onPong(this: WebSocket): void {
  const { live } = this as ClientSocket;
  if (live) live.isAlive = true;
}

function onClose(this: WebSocket): void {
  const { live, visits } = this as ClientSocket;
  if (live) visits?.left(live);
}

/** A close follows. */
function onError(): void {}
