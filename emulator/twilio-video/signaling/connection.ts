/** One browser's socket: handshake, heartbeats and framing, so that whoever uses it sees messages only. */
import type { RawData, WebSocket } from 'ws';
import { readFrame, type Frame, type ServerMessage } from './messages';

export interface ConnectionHandlers {
  message(body: unknown): void;
  /** Told once, however the socket ended. */
  close(): void;
}

/** What a client gets that asks for more or less, in milliseconds. */
const HEARTBEAT_MS = { least: 50, most: 60_000, standard: 5000 } as const;
/** As the client: three intervals without a sign of life. */
const MISSED_HEARTBEATS = 3;
const RSP_VERSION = 2;
const OPEN = 1;

/**
 * Heartbeats go by real time, not by the emulator's clock: they measure this very socket, and a test that moves the
 * clock by an hour must not lose its connections.
 */
export class Connection {
  readonly #socket: WebSocket;
  readonly #handlers: ConnectionHandlers;
  #greeted = false;
  #timeoutMs: number = HEARTBEAT_MS.standard;
  #beat: NodeJS.Timeout | undefined;
  #silence: NodeJS.Timeout | undefined;

  constructor(socket: WebSocket, handlers: ConnectionHandlers) {
    this.#socket = socket;
    this.#handlers = handlers;
    socket.on('message', (data) => this.#receive(asText(data)));
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      clearInterval(this.#beat);
      clearTimeout(this.#silence);
      handlers.close();
    });
    this.#expectLife();
  }

  /** Does nothing on a socket that is closing. */
  send(message: ServerMessage): void {
    this.#write({ type: 'msg', body: { version: RSP_VERSION, ...message } });
  }

  /** Without a goodbye. */
  terminate(): void {
    this.#socket.terminate();
  }

  #receive(data: string): void {
    this.#expectLife();
    const frame = readFrame(data);
    if (!frame) this.#write({ type: 'bad', reason: 'not a message of this protocol' });
    else if (frame.type === 'hello') this.#greet(frame);
    else if (frame.type === 'msg' && this.#greeted) this.#handlers.message(frame.body);
    else if (frame.type === 'msg') this.#write({ type: 'bad', reason: 'say hello first' });
    else if (frame.type === 'bye') this.#socket.close();
  }

  /** A client that waits too long for its welcome says hello again; what came with the first one counts. */
  #greet({ timeout, body }: Extract<Frame, { type: 'hello' }>): void {
    this.#timeoutMs = Math.min(Math.max(timeout, HEARTBEAT_MS.least), HEARTBEAT_MS.most);
    this.#expectLife();
    this.#write({ type: 'welcome', negotiatedTimeout: this.#timeoutMs });
    clearInterval(this.#beat);
    this.#beat = setInterval(() => this.#write({ type: 'heartbeat' }), this.#timeoutMs * 0.8).unref();
    const isFirst = !this.#greeted;
    this.#greeted = true;
    if (isFirst && body !== undefined) this.#handlers.message(body);
  }

  #expectLife(): void {
    clearTimeout(this.#silence);
    const patience = this.#timeoutMs * MISSED_HEARTBEATS;
    this.#silence = setTimeout(() => this.#socket.terminate(), patience).unref();
  }

  #write(frame: Readonly<Record<string, unknown>>): void {
    if (this.#socket.readyState === OPEN) this.#socket.send(JSON.stringify(frame));
  }
}

/** The protocol is JSON in text frames; a binary one is read as text and refused as such. */
function asText(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString();
  return Buffer.isBuffer(data) ? data.toString() : Buffer.from(data).toString();
}
