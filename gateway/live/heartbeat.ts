/** Asks every socket in turn whether it lives: one timer for all, a slice of them at every tick. */
import type { LiveSocket } from './live-socket';

const SLICES = 12;

export class Heartbeat {
  readonly #slices = Array.from({ length: SLICES }, () => new Set<LiveSocket>());
  readonly #timer: NodeJS.Timeout;
  #tick = 0;
  #joined = 0;

  /** @param pingMs how often each one is asked, and how long it has to answer. */
  constructor(pingMs: number) {
    this.#timer = setInterval(() => this.#beat(), pingMs / SLICES).unref();
  }

  add(socket: LiveSocket): void {
    this.#slices[this.#joined++ % SLICES]?.add(socket);
  }

  delete(socket: LiveSocket): void {
    for (const slice of this.#slices) slice.delete(socket);
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #beat(): void {
    for (const socket of this.#slices[this.#tick++ % SLICES] ?? []) {
      if (!socket.isAlive) socket.cut();
      else {
        socket.isAlive = false;
        socket.ping();
      }
    }
  }
}
