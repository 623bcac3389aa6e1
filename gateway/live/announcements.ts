/** Tells the functions who is here, again when they may have forgotten, and who is gone. */
import type { Audience } from './audience';
import type { Desk } from './desk';
import type { FunctionsClient } from './functions-client';
import type { Pace } from './limits';
import { type LiveSocket, outgoing } from './live-socket';
import { closeCodeOf, refusalIn } from './refusal';
import { type Message, messagesIn } from './wire';

export interface AnnouncementsOptions {
  readonly gateway: string;
  readonly functions: FunctionsClient;
  readonly audience: Audience;
  readonly desk: Desk;
  readonly pace: Pace;
}

export class Announcements {
  #repeating: Promise<void> = Promise.resolve();

  constructor(private readonly options: AnnouncementsOptions) {}

  /**
   * Tells the functions of a socket, which from this moment on hears what comes for its user.
   * @returns what it is to be told first
   * @throws Refused
   */
  async announce(socket: LiveSocket): Promise<readonly Message[]> {
    const { gateway, functions, audience, desk, pace } = this.options;
    const { user, name, behalf, lastEventId } = socket;
    if (!user) return [];
    await desk.ready();
    audience.users.add(user.id, socket);
    try {
      const answer = await functions.post(
        '/gateway/connect',
        { gateway, socket: name, ...user, last_event_id: lastEventId },
        { behalf, patienceMs: pace.connectMs },
      );
      desk.remind(answer['checks']);
      return messagesIn(answer['events']);
    } catch (error) {
      if (refusalIn(error).status >= 500) {
        // Whether the functions did it is unknown, and one that still runs may yet do it.
        this.gone(socket);
        setTimeout(() => this.gone(socket), pace.requestMs).unref();
        // They may be missing the lease that we believe to have.
        desk.renew();
      }
      throw error;
    }
  }

  /** Announces them anew, one such round after the other; doubles do no harm. */
  repeat(sockets: Iterable<LiveSocket>): void {
    this.#repeating = this.#repeating.then(async () => {
      await Promise.all([...sockets].map((socket) => this.#again(socket)));
    });
  }

  gone({ user, name }: LiveSocket): void {
    if (user) this.options.desk.gone.add({ socket: name, id: user.id });
  }

  /** It hears no more of what comes for its user. */
  silence(socket: LiveSocket): void {
    if (socket.user) this.options.audience.users.delete(socket.user.id, socket);
  }

  /** Never rejects. */
  async #again(socket: LiveSocket): Promise<void> {
    if (!socket.isOpen()) return;
    try {
      for (const message of await this.announce(socket)) socket.tell(outgoing(message));
      if (socket.isOpen()) return socket.talk?.repeat();
      // It went in the meantime, and its leaving may have been heard before its being here.
      this.silence(socket);
      this.gone(socket);
    } catch (error) {
      const { status, message } = refusalIn(error);
      socket.end(closeCodeOf(status), message);
    }
  }
}
