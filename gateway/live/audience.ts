/** Who is to hear of what: the sockets of each user, and those in each room. */
import type { CallEvent } from '../../src/api/calls';
import { outgoing, type LiveSocket, type Outgoing } from './live-socket';
import type { Delivery } from './wire';

/** What keeps a socket's place in a room. */
export interface RoomPlace {
  tell(message: Outgoing): void;
}

/** Sets by name that vanish when they are empty. */
class Groups<T> {
  readonly #of = new Map<string, Set<T>>();

  add(name: string, member: T): void {
    const group = this.#of.get(name);
    if (group) group.add(member);
    else this.#of.set(name, new Set([member]));
  }

  delete(name: string, member: T): void {
    const group = this.#of.get(name);
    if (group?.delete(member) && group.size === 0) this.#of.delete(name);
  }

  names(): readonly string[] {
    return [...this.#of.keys()];
  }

  of(name: string): Iterable<T> {
    return this.#of.get(name) ?? [];
  }
}

export class Audience {
  readonly users = new Groups<LiveSocket>();
  readonly rooms = new Groups<RoomPlace>();

  /** Tells everybody whom an item is for; a slow one among them is given up, and delays nobody. */
  deliver({ to, message }: Delivery): void {
    const said = outgoing(message);
    if ('room' in to) for (const place of this.rooms.of(to.room)) place.tell(said);
    else for (const user of new Set(to.users)) for (const socket of this.users.of(user)) socket.tell(said);
  }

  /** Tells how a call ended to those sockets that have heard of it, and not yet of its end. */
  tellEnding(event: CallEvent): void {
    const said = outgoing({ ...event });
    for (const { id } of [event.call.caller, event.call.receiver]) {
      for (const socket of this.users.of(id)) if (socket.hasHeardOf(event.id)) socket.tell(said);
    }
  }
}
