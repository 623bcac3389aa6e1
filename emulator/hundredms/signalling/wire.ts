/** One client's socket: frames, answers and limits, so that whoever uses it sees what was said and nothing else. */
import type { RawData, WebSocket } from 'ws';
import { HmsError } from '../errors';
import { MESSAGES_PER_SECOND, SILENCE_SECONDS } from '../limits';
import { readMessage, type Said } from './messages';

export interface WireHandlers {
  /** @returns what a request is answered by, {} for nothing in particular. @throws {HmsError} what it is refused by */
  said(said: Said): Promise<object> | object;
  /** Told once, however the socket ended; by RFC 6455's status. */
  closed(status: number): void;
}

/** RFC 6455, 7.4.1. */
const POLICY_VIOLATION = 1008;

/** Limits go by real time, not by the emulator's clock: they are about this very socket. */
export class Wire {
  /** One thing after the other, as they were said. */
  #last: Promise<void> = Promise.resolve();
  #silence: NodeJS.Timeout | undefined;
  #second = 0;
  #saidThisSecond = 0;

  constructor(
    private readonly socket: WebSocket,
    private readonly handlers: WireHandlers,
  ) {
    socket.on('message', (data) => this.#hear(asText(data)));
    socket.on('error', () => socket.terminate());
    socket.on('close', (status) => {
      clearTimeout(this.#silence);
      handlers.closed(status);
    });
    this.#expectLife();
  }

  get isOpen(): boolean {
    return this.socket.readyState === this.socket.OPEN;
  }

  notify(method: string, params: object): void {
    this.#write({ method, params });
  }

  close(status = 1000, reason = ''): void {
    this.socket.close(status, reason);
  }

  #hear(data: string): void {
    this.#expectLife();
    if (this.#isTooMuch()) return this.close(POLICY_VIOLATION, 'too many messages');
    const read = readMessage(data);
    const { id } = read;
    if ('fault' in read) {
      this.#write({ id: id ?? null, error: read.fault });
      return;
    }
    this.#last = this.#last.then(() => this.#answer(read.said, id));
  }

  async #answer(said: Said, id: string | undefined): Promise<void> {
    try {
      const result = await this.handlers.said(said);
      if (id !== undefined) this.#write({ id, result });
    } catch (error) {
      const { status, message } = error instanceof HmsError ? error : new HmsError(500, 'internal error');
      if (id !== undefined) this.#write({ id, error: { code: status, message } });
    }
  }

  #isTooMuch(): boolean {
    const second = Math.floor(Date.now() / 1000);
    if (second !== this.#second) this.#saidThisSecond = 0;
    this.#second = second;
    this.#saidThisSecond += 1;
    return this.#saidThisSecond > MESSAGES_PER_SECOND;
  }

  #expectLife(): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.socket.terminate(), SILENCE_SECONDS * 1000).unref();
  }

  #write(frame: object): void {
    if (this.isOpen) this.socket.send(JSON.stringify({ jsonrpc: '2.0', ...frame }));
  }
}

/** The protocol is JSON in text frames; a binary one is read as text and refused as such. */
function asText(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString();
  return Buffer.isBuffer(data) ? data.toString() : Buffer.from(data).toString();
}
