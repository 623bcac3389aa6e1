/** One client's socket: what it was told, what waits for it, and its end. */
import type { WebSocket } from 'ws';
import type { Allowance } from '../allowances';
import type { Household } from './client-limits';
import type { OnBehalf } from './functions-client';
import { LIVE_LIMITS } from './limits';
import { CLOSE, closeReason } from './refusal';
import type { RoomTalk } from './room-talk';
import type { Message } from './wire';

/** What a socket for calls says of its user, as it was given. */
export interface Announced {
  readonly id: string;
  readonly name?: string | undefined;
  readonly location?: string | undefined;
}

/** A message as it goes out: put into bytes once, however many get it. */
export interface Outgoing {
  readonly id: string | undefined;
  readonly bytes: Buffer;
}

export const outgoing = (message: Message): Outgoing => ({
  id: typeof message.id === 'string' ? message.id : undefined,
  bytes: Buffer.from(JSON.stringify(message)),
});

/** `<call>:<n>`: of one call only what is later than the latest is news. */
function placeOf(id: string): { call: string; n: number } | undefined {
  const at = id.lastIndexOf(':');
  const n = Number(id.slice(at + 1));
  return at > 0 && Number.isInteger(n) ? { call: id.slice(0, at), n } : undefined;
}

export class LiveSocket {
  /** Absent until the functions have said yes. */
  #webSocket: WebSocket | undefined;
  #held: Outgoing[] | undefined = [];
  #latest: Map<string, number> | undefined;
  lastEventId: string | undefined;
  isEnding = false;
  /** Whether anything was heard since it was last asked. */
  isAlive = true;
  /** Only of sockets that have spoken. */
  talk: RoomTalk | undefined;
  messages: Allowance | undefined;

  constructor(
    readonly name: string,
    /** Absent where the socket is for rooms alone. */
    readonly user: Announced | undefined,
    readonly behalf: OnBehalf,
    readonly household: Household,
  ) {}

  /** Tells what the functions said first, then what came meanwhile. */
  open(webSocket: WebSocket, first: readonly Message[]): void {
    this.#webSocket = webSocket;
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const message of first) this.tell(outgoing(message));
    for (const message of held) this.tell(message);
  }

  isOpen(): boolean {
    return this.#webSocket !== undefined && !this.isEnding;
  }

  /** Tells it, unless it has heard that or something later of the same call. Never waits. */
  tell(message: Outgoing): void {
    if (this.isEnding) return;
    if (this.#held) {
      // Whoever connects is told how things stand; of so much news the oldest is old.
      if (this.#held.push(message) > LIVE_LIMITS.heldMessages) this.#held.shift();
      return;
    }
    if (message.id !== undefined && !this.#isNews(message.id)) return;
    this.#webSocket?.send(message.bytes, TEXT);
    this.#requireReader();
  }

  /** Whether it has heard of the call that a message of this id is about. */
  hasHeardOf(id: string): boolean {
    return this.#latest?.has(placeOf(id)?.call ?? '') ?? false;
  }

  ping(): void {
    this.#webSocket?.ping();
  }

  pong(data: Buffer): void {
    this.#webSocket?.pong(data);
    this.#requireReader();
  }

  /** Says why; whoever does not say goodbye, too, is cut off a moment later. */
  end(code: number, reason: string): void {
    if (this.isEnding || !this.#webSocket) return;
    this.isEnding = true;
    this.#webSocket.close(code, closeReason(reason));
  }

  /** Nobody is there to say anything to. */
  cut(): void {
    this.isEnding = true;
    this.#webSocket?.terminate();
  }

  #requireReader(): void {
    if ((this.#webSocket?.bufferedAmount ?? 0) <= LIVE_LIMITS.unreadBytes) return;
    this.end(CLOSE.tooSlow, 'this socket reads too slowly; connect again.');
  }

  #isNews(id: string): boolean {
    const place = placeOf(id);
    if (!place) return true;
    const { call, n } = place;
    const latest = (this.#latest ??= new Map());
    if (n <= (latest.get(call) ?? -1)) return false;
    latest.delete(call);
    latest.set(call, n);
    const [oldest] = latest.keys();
    if (latest.size > LIVE_LIMITS.rememberedCalls && oldest !== undefined) latest.delete(oldest);
    this.lastEventId = id;
    return true;
  }
}

const TEXT = { binary: false } as const;
