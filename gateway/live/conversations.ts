/** What clients say: so much at a time, as text, and about rooms. */
import { Allowance } from '../allowances';
import type { Visits } from './client-socket';
import { LIVE_LIMITS } from './limits';
import type { LiveSocket } from './live-socket';
import { CLOSE } from './refusal';
import { RoomTalk, type RoomTalkOptions } from './room-talk';

export interface ConversationsOptions extends RoomTalkOptions {
  readonly left: (socket: LiveSocket) => void;
}

/** One object for all sockets: ten thousand of them need none of their own. */
export class Conversations implements Visits {
  constructor(private readonly options: ConversationsOptions) {}

  heard(socket: LiveSocket, data: Buffer, isBinary: boolean): void {
    if (!this.#mayTalk(socket)) return;
    if (isBinary) return socket.end(CLOSE.unsupported, 'messages are JSON text, and this one is binary.');
    socket.talk ??= new RoomTalk(socket, this.options);
    socket.talk.hear(data.toString());
  }

  pinged(socket: LiveSocket, data: Buffer): void {
    if (this.#mayTalk(socket)) socket.pong(data);
  }

  left(socket: LiveSocket): void {
    this.options.left(socket);
  }

  #mayTalk(socket: LiveSocket): boolean {
    const now = performance.now();
    socket.messages ??= new Allowance(LIVE_LIMITS.messages, now);
    const isSlowEnough = socket.messages.spend(now);
    if (!isSlowEnough) socket.end(CLOSE.policy, 'too many messages; connect again and send fewer.');
    return isSlowEnough && !socket.isEnding;
  }
}
