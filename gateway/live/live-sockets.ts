/**
 * The sockets of people's devices. A socket is let in when the functions say so, told what they send for it, and
 * reported when it is gone. Nothing here is a rule of business, and nothing is kept but what open sockets need.
 */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type Server, WebSocketServer } from 'ws';
import { forwardedFor } from '../client-address';
import { gatewayHeaders, originOf, type Trust } from '../headers';
import type { RequestTargets } from '../upstream';
import { Allowance } from '../allowances';
import { Audience } from './audience';
import { ClientLimits } from './client-limits';
import { ClientSocket } from './client-socket';
import { Desk } from './desk';
import { createFunctionsClient, type FunctionsClient } from './functions-client';
import { Handshake } from './handshake';
import { Heartbeat } from './heartbeat';
import { LIVE_LIMITS, PACE, type Pace } from './limits';
import { LiveSocket, outgoing } from './live-socket';
import { CLOSE, closeCodeOf, Refused, TRY_LATER } from './refusal';
import { readSocketRequest, requireOrigin } from './request';
import { RoomTalk } from './room-talk';
import { type Message, messagesIn } from './wire';

export interface LiveSocketsOptions {
  readonly targets: RequestTargets;
  readonly trust: Trust;
  /** Where this gateway itself is reached from its own machine: in a local run Sync is behind it. */
  readonly origin?: () => string | undefined;
  /** None: pages of any origin may connect. */
  readonly allowedOrigins?: readonly string[];
  readonly pace?: Partial<Pace>;
  readonly report?: (line: string) => void;
}

/** Of the time on the way out, what is left for telling the functions who is gone. */
const LAST_WORDS_MS = 600;
const TICK_MS = 20;

export class LiveSockets {
  /** By it the functions know this process, as long as it runs. */
  readonly #gateway = randomBytes(16).toString('hex');
  readonly #pace: Pace;
  readonly #server: Server<typeof ClientSocket>;
  readonly #functions: FunctionsClient;
  readonly #limits = new ClientLimits();
  readonly #audience = new Audience();
  readonly #heartbeat: Heartbeat;
  readonly #desk: Desk;
  readonly #handshakes = new Set<Handshake>();
  readonly #open = new Set<LiveSocket>();
  readonly #refresh: NodeJS.Timeout;
  #connecting = 0;
  #named = 0;
  #closing: Promise<void> | undefined;
  #announcing: Promise<void> | undefined;

  constructor(private readonly options: LiveSocketsOptions) {
    const { targets, trust, report = () => undefined } = options;
    const pace = { ...PACE, ...options.pace };
    this.#pace = pace;
    const settings = {
      noServer: true,
      clientTracking: false,
      perMessageDeflate: false,
      // A client that asks for answers and does not read them is noticed when we give them ourselves.
      autoPong: false,
      maxPayload: LIVE_LIMITS.messageBytes,
      closeTimeout: pace.farewellMs,
      WebSocket: ClientSocket,
    };
    this.#server = new WebSocketServer(settings);
    this.#functions = createFunctionsClient({
      targets,
      pace,
      headers: ({ authorization, address, origin = options.origin?.() }) => ({
        ...gatewayHeaders(trust, { ...(address !== undefined && { address }), origin }),
        ...(authorization !== undefined && { authorization }),
      }),
    });
    this.#heartbeat = new Heartbeat(pace.pingMs);
    this.#refresh = setInterval(() => this.#announceAll(), pace.refreshMs).unref();
    this.#desk = new Desk({
      gateway: this.#gateway,
      functions: this.#functions,
      audience: this.#audience,
      pace,
      report,
      isNeeded: () => this.#open.size + this.#connecting > 0,
      forgotten: () => this.#announceAll(),
    });
  }

  /** Resolves when sockets are taken. @throws Refused when they are not, for now */
  async ready(): Promise<void> {
    if (this.#closing) throw TRY_LATER;
    await this.#desk.ready();
  }

  /** Answers the request for a socket, sooner or later. Never throws. */
  upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void {
    const handshake = new Handshake(this.#server, req, socket, head);
    try {
      handshake.requireWebSocket();
      requireOrigin(req, this.options.allowedOrigins ?? []);
    } catch (error) {
      return handshake.refuse(refusalIn(error));
    }
    this.#handshakes.add(handshake);
    this.#admit(req, handshake)
      .catch((error: unknown) => handshake.refuseReadably(refusalIn(error)))
      .finally(() => this.#handshakes.delete(handshake));
  }

  /** Sends everybody elsewhere, in the course of a moment, and says who is gone. */
  close(): Promise<void> {
    return (this.#closing ??= this.#drain());
  }

  /** @throws Refused */
  async #admit(req: IncomingMessage, handshake: Handshake): Promise<void> {
    if (this.#closing) throw TRY_LATER;
    const { user, authorization, lastEventId } = readSocketRequest(req);
    const { client: address } = forwardedFor(req, this.options.trust.isProxy);
    const household = this.#limits.take(address, user?.id);
    const behalf = { authorization, address, origin: originOf(req.headers) };
    const socket = new LiveSocket((++this.#named).toString(36), user, behalf, household);
    socket.lastEventId = lastEventId;
    this.#connecting += 1;
    try {
      const first = await household.turns.take(() => this.#announce(socket));
      const webSocket = this.#closing ? undefined : handshake.accept();
      if (!webSocket) {
        this.#gone(socket);
        throw TRY_LATER;
      }
      this.#attend(socket, webSocket, first);
    } catch (error) {
      this.#limits.giveBack(household);
      if (user) this.#audience.users.delete(user.id, socket);
      throw error;
    } finally {
      this.#connecting -= 1;
    }
  }

  /**
   * Tells the functions of a socket. From this moment on it hears what comes for its user.
   * @returns what it is to be told first
   * @throws Refused
   */
  async #announce(socket: LiveSocket): Promise<readonly Message[]> {
    const { user, name, behalf, lastEventId } = socket;
    if (!user) return [];
    await this.#desk.ready();
    this.#audience.users.add(user.id, socket);
    try {
      const answer = await this.#functions.post(
        '/gateway/connect',
        { gateway: this.#gateway, socket: name, ...user, last_event_id: lastEventId },
        { behalf, patienceMs: this.#pace.connectMs },
      );
      this.#desk.remind(answer['checks']);
      return messagesIn(answer['events']);
    } catch (error) {
      if (refusalIn(error).status >= 500) {
        // Whether the functions did it is unknown, and one that still runs may yet do it.
        this.#gone(socket);
        setTimeout(() => this.#gone(socket), this.#pace.requestMs).unref();
      }
      throw error;
    }
  }

  #attend(socket: LiveSocket, webSocket: ClientSocket, first: readonly Message[]): void {
    this.#open.add(socket);
    this.#heartbeat.add(socket);
    webSocket.attend(socket, this.#visits);
    socket.open(webSocket, first);
  }

  /** One object for all sockets: ten thousand of them need no listeners of their own. */
  readonly #visits = {
    heard: (socket: LiveSocket, data: Buffer, isBinary: boolean): void => {
      if (!this.#mayTalk(socket)) return;
      if (isBinary) return socket.end(CLOSE.unsupported, 'messages are JSON text, and this one is binary.');
      socket.talk ??= new RoomTalk(socket, {
        gateway: this.#gateway,
        functions: this.#functions,
        audience: this.#audience,
        pace: this.#pace,
        ready: () => this.#desk.ready(),
      });
      socket.talk.hear(data.toString());
    },
    pinged: (socket: LiveSocket, data: Buffer): void => {
      if (this.#mayTalk(socket)) socket.pong(data);
    },
    left: (socket: LiveSocket): void => this.#forget(socket),
  };

  #mayTalk(socket: LiveSocket): boolean {
    const now = performance.now();
    socket.messages ??= new Allowance(LIVE_LIMITS.messages, now);
    const isSlowEnough = socket.messages.spend(now);
    if (!isSlowEnough) socket.end(CLOSE.policy, 'too many messages; connect again and send fewer.');
    return isSlowEnough && !socket.isEnding;
  }

  #forget(socket: LiveSocket): void {
    socket.isEnding = true;
    this.#open.delete(socket);
    this.#heartbeat.delete(socket);
    this.#limits.giveBack(socket.household);
    if (socket.user) this.#audience.users.delete(socket.user.id, socket);
    this.#gone(socket);
    const { talk, name } = socket;
    if (!talk) return;
    const leave = (): void => {
      for (const joined of talk.joined()) this.#desk.leaves.add({ ...joined, socket: name });
    };
    // At once, and once more when what was begun has had its effect.
    void talk.close()?.then(leave);
    leave();
  }

  #gone({ user, name }: LiveSocket): void {
    if (user) this.#desk.gone.add({ socket: name, id: user.id });
  }

  /** Everybody who is here is announced anew; doubles do no harm. */
  #announceAll(): void {
    const all = async (): Promise<void> => {
      await Promise.all([...this.#open].map((socket) => this.#announceAgain(socket)));
    };
    this.#announcing = (this.#announcing ?? Promise.resolve()).then(all);
  }

  /** Never rejects. */
  async #announceAgain(socket: LiveSocket): Promise<void> {
    if (!socket.isOpen()) return;
    try {
      for (const message of await this.#announce(socket)) socket.tell(outgoing(message));
      if (socket.isOpen()) socket.talk?.repeat();
      else this.#forgetAnnounced(socket);
    } catch (error) {
      const { status, message } = refusalIn(error);
      socket.end(closeCodeOf(status), message);
    }
  }

  /** It went while it was being announced. */
  #forgetAnnounced(socket: LiveSocket): void {
    if (socket.user) this.#audience.users.delete(socket.user.id, socket);
    this.#gone(socket);
  }

  async #drain(): Promise<void> {
    const { drainMs, farewellMs } = this.#pace;
    for (const handshake of this.#handshakes) handshake.refuseReadably(TRY_LATER);
    const sockets = [...this.#open];
    const slice = Math.ceil((sockets.length * TICK_MS) / drainMs);
    const deadline = Date.now() + drainMs + farewellMs;
    for (let from = 0; from < sockets.length; from += slice) {
      for (const socket of sockets.slice(from, from + slice)) {
        socket.end(CLOSE.restart, 'this gateway ends; connect again.');
      }
      await sleep(TICK_MS);
    }
    while (this.#open.size > 0 && Date.now() < deadline) await sleep(TICK_MS);
    for (const socket of this.#open) socket.cut();
    this.#heartbeat.close();
    clearInterval(this.#refresh);
    await this.#desk.flush(LAST_WORDS_MS);
    this.#desk.close();
  }
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** What is no refusal is a fault of ours: nothing of it is told. */
const refusalIn = (error: unknown): Refused => (error instanceof Refused ? error : TRY_LATER);
