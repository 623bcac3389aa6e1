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
import { Announcements } from './announcements';
import { Audience } from './audience';
import { ClientLimits } from './client-limits';
import { ClientSocket } from './client-socket';
import { Conversations } from './conversations';
import { Desk } from './desk';
import { sendElsewhere } from './drain';
import { createFunctionsClient, type FunctionsClient } from './functions-client';
import { Handshake } from './handshake';
import { Heartbeat } from './heartbeat';
import { LIVE_LIMITS, PACE, type Pace } from './limits';
import { LiveSocket } from './live-socket';
import { refusalIn, TRY_LATER } from './refusal';
import { readSocketRequest, requireOrigin } from './request';
import type { Message } from './wire';

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
  readonly #announcements: Announcements;
  readonly #conversations: Conversations;
  readonly #handshakes = new Set<Handshake>();
  readonly #open = new Set<LiveSocket>();
  readonly #refresh: NodeJS.Timeout;
  #connecting = 0;
  #named = 0;
  #closing: Promise<void> | undefined;

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
    this.#refresh = setInterval(() => this.#announcements.repeat(this.#open), pace.refreshMs).unref();
    this.#desk = new Desk({
      gateway: this.#gateway,
      functions: this.#functions,
      audience: this.#audience,
      pace,
      report,
      isNeeded: () => this.#open.size + this.#connecting > 0,
      forgotten: () => this.#announcements.repeat(this.#open),
    });
    this.#announcements = new Announcements({
      gateway: this.#gateway,
      functions: this.#functions,
      audience: this.#audience,
      desk: this.#desk,
      pace,
    });
    this.#conversations = new Conversations({
      gateway: this.#gateway,
      functions: this.#functions,
      audience: this.#audience,
      pace,
      ready: () => this.#desk.ready(),
      left: (socket) => this.#forget(socket),
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
      const patience = performance.now() + this.#pace.connectMs;
      const first = await household.turns.take(() => {
        if (performance.now() > patience) throw TRY_LATER;
        return this.#announcements.announce(socket);
      });
      const webSocket = this.#closing ? undefined : handshake.accept();
      if (!webSocket) {
        this.#announcements.gone(socket);
        throw TRY_LATER;
      }
      this.#attend(socket, webSocket, first);
    } catch (error) {
      this.#limits.giveBack(household);
      this.#announcements.silence(socket);
      throw error;
    } finally {
      this.#connecting -= 1;
    }
  }

  #attend(socket: LiveSocket, webSocket: ClientSocket, first: readonly Message[]): void {
    this.#open.add(socket);
    this.#heartbeat.add(socket);
    webSocket.attend(socket, this.#conversations);
    socket.open(webSocket, first);
  }

  #forget(socket: LiveSocket): void {
    socket.isEnding = true;
    this.#open.delete(socket);
    this.#heartbeat.delete(socket);
    this.#limits.giveBack(socket.household);
    this.#announcements.silence(socket);
    this.#announcements.gone(socket);
    const { talk, name } = socket;
    if (!talk) return;
    const leave = (): void => {
      for (const joined of talk.joined()) this.#desk.leaves.add({ ...joined, socket: name });
    };
    // At once, and once more when what was begun has had its effect.
    void talk.close()?.then(leave);
    leave();
  }

  async #drain(): Promise<void> {
    for (const handshake of this.#handshakes) handshake.refuseReadably(TRY_LATER);
    await sendElsewhere(this.#open, this.#pace);
    this.#heartbeat.close();
    clearInterval(this.#refresh);
    await this.#desk.flush(LAST_WORDS_MS);
    this.#desk.close();
  }
}
