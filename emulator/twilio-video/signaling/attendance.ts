/** Finds the session of a participant, of a socket, and of a client that comes back. */
import type { Participant } from '../room';
import type { Connection } from './connection';
import type { Session } from './session';

export class Attendance {
  /** Ended ones too, so that one who comes back too late can be told why it is out. */
  readonly #byId = new Map<string, Session>();
  /** Of those in a room. */
  readonly #byParticipant = new Map<Participant, Session>();
  #byConnection = new WeakMap<Connection, Session>();

  enter(session: Session): void {
    this.#byId.set(session.id, session);
    this.#byParticipant.set(session.participant, session);
  }

  /** From here on the session is told what happens, through this socket. */
  attach(session: Session, connection: Connection): void {
    session.connection = connection;
    this.#byConnection.set(connection, session);
  }

  /** Takes the socket from a session; null if it had none. */
  detach(session: Session): Connection | null {
    const { connection } = session;
    session.connection = null;
    if (connection) this.#byConnection.delete(connection);
    return connection;
  }

  exit(session: Session): Connection | null {
    this.#byParticipant.delete(session.participant);
    return this.detach(session);
  }

  byId(id: string): Session | undefined {
    return this.#byId.get(id);
  }

  byParticipant(participant: Participant): Session | undefined {
    return this.#byParticipant.get(participant);
  }

  byConnection(connection: Connection): Session | undefined {
    return this.#byConnection.get(connection);
  }

  /** Everybody else in the room, with a socket or without. */
  others({ participant }: Session): Session[] {
    return participant.room.participants.flatMap((other) =>
      other === participant ? [] : (this.#byParticipant.get(other) ?? []),
    );
  }

  clear(): void {
    this.#byId.clear();
    this.#byParticipant.clear();
    this.#byConnection = new WeakMap();
  }
}
