/** The room protocol between the sockets and the rooms: who joins, syncs, publishes and leaves, and who is told. */
import type { AccessTokenError } from '../../twilio/access-token';
import type { Clock } from '../../twilio/clock';
import type { Credentials } from '../../twilio/credentials';
import type { VendorError } from '../../twilio/errors';
import { videoError } from '../errors';
import type { RoomEvent } from '../events';
import type { VideoState } from '../state';
import { admit, readTicket, type Ticket } from './admission';
import { Attendance } from './attendance';
import type { Connection } from './connection';
import { FAREWELLS, refusal } from './farewells';
import { closed, Mesh, type Delivery } from './mesh';
import {
  readRoomMessage,
  type ClientPublisher,
  type ConnectMessage,
  type PeerConnectionState,
  type RoomMessage,
  type ServerMessage,
  type SyncMessage,
  type UpdateMessage,
} from './messages';
import { Session } from './session';

export interface SignalingOptions {
  readonly credentials: Credentials;
  readonly clock: Clock;
  readonly state: VideoState;
  readonly sessionTimeoutSeconds: number;
  readonly log: (line: string) => void;
}

export class Signaling {
  readonly #options: SignalingOptions;
  readonly #attendance = new Attendance();
  readonly #mesh = new Mesh<Session>();

  constructor(options: SignalingOptions) {
    this.#options = options;
    options.state.listen((event) => this.#hear(event));
  }

  /** A message of a client; whatever it is, the answer is in the protocol. */
  receive(connection: Connection, body: unknown): void {
    const message = readRoomMessage(body);
    try {
      if (!message) throw videoError(53004);
      this.#handle(connection, message);
    } catch (error) {
      const { code } = error as Partial<VendorError | AccessTokenError>;
      if (typeof code !== 'number') return this.#giveUp(connection, error);
      this.#options.log(`signalling: refused ${message?.type ?? 'a message'} with ${code}`);
      connection.send(refusal(error as VendorError | AccessTokenError));
    }
  }

  /** The socket of a client is gone. */
  lose(connection: Connection): void {
    const session = this.#attendance.byConnection(connection);
    if (!session) return;
    this.#attendance.detach(session);
    this.#options.state.loseSocket(session.participant);
  }

  reset(): void {
    this.#attendance.clear();
    this.#mesh.clear();
  }

  #handle(connection: Connection, message: RoomMessage): void {
    const session = this.#attendance.byConnection(connection);
    switch (message.type) {
      case 'ice':
        this.#readTicket(message.token);
        // Browsers of one machine or network need no STUN or TURN server.
        return connection.send({ type: 'iced', version: 1, ice_servers: [] });
      case 'connect':
        if (session) throw videoError(53004);
        return this.#connect(connection, message);
      case 'sync':
        if (session && session.id !== message.session) throw videoError(53004);
        return this.#sync(connection, message);
      // The last words of one who is out already need no answer.
      case 'update':
        return session && this.#update(session, message);
      case 'disconnect':
        return session && this.#options.state.disconnect(session.participant, 'left');
    }
  }

  #connect(connection: Connection, message: ConnectMessage): void {
    const { state } = this.#options;
    const ticket = this.#readTicket(message.token);
    const participant = state.connect(admit(ticket, message.name, state), ticket.identity);
    const subscribes = !message.subscribe?.rules.some(({ type }) => type === 'exclude');
    const session = new Session(participant, subscribes);
    this.#publish(session, message.participant);
    this.#attendance.enter(session);
    this.#attendance.attach(session, connection);
    // The client comes with one connection for a media server, which is not there.
    const unused = message.peer_connections.map(({ id }) => closed(id));
    const invitations = this.#mesh.join(session, this.#attendance.others(session));
    session.send(this.#roomState(session, 'connected', [...unused, ...invitations]));
    this.#announce(session);
  }

  #sync(connection: Connection, message: SyncMessage): void {
    const { state } = this.#options;
    const ticket = this.#readTicket(message.token);
    const session = this.#attendance.byId(message.session);
    if (session?.participant.identity !== ticket.identity) throw videoError(53204);
    const { reason } = session.participant;
    if (reason !== null) return connection.send(FAREWELLS[reason]);
    // Nothing goes out to this one until `synced`, which tells everything.
    const before = this.#attendance.detach(session);
    if (before !== connection) before?.terminate();
    state.resume(session.participant);
    if (message.participant) this.#publish(session, message.participant);
    this.#deliver(this.#mesh.sync(session, message.peer_connections));
    this.#attendance.attach(session, connection);
    session.send(this.#roomState(session, 'synced', this.#mesh.replay(session)));
  }

  #update(session: Session, message: UpdateMessage): void {
    if (message.participant) this.#publish(session, message.participant);
    this.#deliver(this.#mesh.relay(session, message.peer_connections));
  }

  /** The room's state tells what changed, and `#hear` passes it on. */
  #publish(session: Session, { revision, tracks }: ClientPublisher): void {
    if (revision <= session.clientRevision) return;
    session.clientRevision = revision;
    const states = tracks.map((track) => ({ ...track, priority: track.priority ?? 'standard' }));
    this.#options.state.publish(session.participant, states);
  }

  #hear(event: RoomEvent): void {
    if (!('participant' in event)) return;
    const session = this.#attendance.byParticipant(event.participant);
    if (!session) return;
    switch (event.type) {
      case 'participant-reconnecting':
      case 'participant-reconnected':
        return this.#announce(session);
      case 'participant-updated':
        session.touchPublished();
        session.update({ published: session.published() });
        return this.#announce(session);
      case 'participant-disconnected':
        return this.#leave(session);
      default:
    }
  }

  #leave(session: Session): void {
    const { reason } = session.participant;
    const connection = this.#attendance.exit(session);
    if (reason !== null && reason !== 'left') connection?.send(FAREWELLS[reason]);
    const closures = this.#mesh.leave(session);
    // Of a completed room each hears once, and nothing of the others going.
    if (reason !== 'room-completed') this.#announce(session, closures);
  }

  /** Tells all others what this participant is like now, together with what it means for their connections. */
  #announce(session: Session, deliveries: readonly Delivery<Session>[] = []): void {
    session.touch();
    for (const other of this.#attendance.others(session)) {
      const peers = deliveries.flatMap(({ to, state }) => (to === other && state ? [state] : []));
      other.update({
        participants: [session.view()],
        subscribed: this.#subscribed(other),
        ...(peers.length > 0 && { peer_connections: peers }),
      });
    }
  }

  /** One message to each, in the order of the deliveries. */
  #deliver(deliveries: readonly Delivery<Session>[]): void {
    for (const to of new Set(deliveries.map((delivery) => delivery.to))) {
      const mine = deliveries.filter((delivery) => delivery.to === to);
      const peers = mine.flatMap(({ state }) => state ?? []);
      to.update({
        ...(mine.some(({ resubscribe }) => resubscribe) && { subscribed: this.#subscribed(to) }),
        ...(peers.length > 0 && { peer_connections: peers }),
      });
    }
  }

  /** The whole room, for one who arrives or comes back. */
  #roomState(
    session: Session,
    type: 'connected' | 'synced',
    peers: readonly PeerConnectionState[],
  ): ServerMessage {
    const { sessionTimeoutSeconds } = this.#options;
    return {
      ...session.roomState(type, sessionTimeoutSeconds),
      participants: this.#attendance.others(session).map((other) => other.view()),
      subscribed: this.#subscribed(session),
      peer_connections: peers,
    };
  }

  #subscribed(session: Session): Readonly<Record<string, unknown>> {
    const others = this.#attendance.others(session);
    return session.subscribed(others.filter((other) => this.#mesh.carries(session, other)));
  }

  /** One client's message must not take the others down. */
  #giveUp(connection: Connection, error: unknown): void {
    const trace = error instanceof Error ? error.stack : String(error);
    this.#options.log(`bug in the emulator: ${trace}`);
    connection.terminate();
  }

  #readTicket(token: string): Ticket {
    return readTicket(token, this.#options.credentials, this.#options.clock);
  }
}
