/** One client's Twilsock session, from its token to its end. */
import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { AccessTokenError, verifyAccessToken, type AccessTokenClaims } from '../twilio/access-token';
import { systemClock, type Cancel } from '../twilio/clock';
import { TokenBucket } from '../twilio/token-bucket';
import { textOf } from './fields';
import { decodeFrame, encodeFrame, isConfirmation, newMessageId } from './frames';
import {
  BAD_FRAME,
  grantedService,
  OK,
  readContinuation,
  registrations,
  reissueReason,
  storageId,
  TOKEN_EXPIRED,
  unauthorized,
  writeContinuation,
  type Status,
} from './handshake';
import * as limits from './limits';
import type { Endpoint } from './reachability';
import type { Json, Service, SyncObject } from './state';
import type { Listener } from './subscriptions';
import { answerUpstream } from './upstream';
import { spend, type World } from './world';

/** What the whole account's connections share. */
export interface Hub {
  readonly world: World;
  /** A status to refuse with, or undefined if one more connection is allowed. */
  admit(): Status | undefined;
  /** True while the account is below its rate of upstream requests. */
  mayAsk(): boolean;
  connected(connection: Connection & Listener): void;
}

/** How long a client that was told to close has for doing so, in milliseconds. */
const CLOSING_MS = 1_000;

export class Connection implements Listener {
  readonly #hub: Hub;
  readonly #socket: WebSocket;
  readonly #wire: Duplex;
  readonly #upstream: TokenBucket;
  #cancelTimer: Cancel;
  #session: Endpoint | undefined;
  #isClosing = false;
  readonly subscriptions = new Map<string, SyncObject>();
  /** Cleared by each ping, set by its pong. */
  isAlive = true;

  /** @param wire what the socket itself writes to, whole messages at a time, as long as nothing is compressed */
  constructor(hub: Hub, socket: WebSocket, wire: Duplex) {
    this.#hub = hub;
    this.#socket = socket;
    this.#wire = wire;
    this.#upstream = new TokenBucket(hub.world.clock, limits.CONNECTION_UPSTREAM_PER_SECOND);
    // The network's time is the real one, whatever the clock of the state.
    this.#cancelTimer = systemClock.after(limits.INIT_DEADLINE_MS, () => socket.terminate());
  }

  get isReady(): boolean {
    return this.#session !== undefined;
  }

  get identity(): string {
    return this.#required.identity;
  }

  get service(): Service {
    return this.#required.service;
  }

  get endpointId(): string {
    return this.#required.endpointId;
  }

  get #required(): Endpoint {
    if (!this.#session) throw new Error('the connection has no session yet');
    return this.#session;
  }

  /** Writes past the library, which would frame the same bytes anew for each of thousands of clients. */
  notify(frame: Buffer): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    // Whoever does not read is cut off; it can come back and have everything replayed.
    if (this.#socket.bufferedAmount > limits.MOST_UNSENT_BYTES) this.#socket.terminate();
    else this.#wire.write(frame);
  }

  forget(object: SyncObject): void {
    this.subscriptions.delete(object.sid);
  }

  receive(bytes: Buffer): void {
    if (this.#isClosing || isConfirmation(bytes)) return;
    let frame;
    try {
      frame = decodeFrame(bytes);
    } catch {
      this.#close(BAD_FRAME);
      return;
    }
    const { header, payload } = frame;
    if (header['method'] === 'reply') return;
    if (header['method'] === 'init') this.#init(header);
    else if (!this.isReady) this.#close(unauthorized('Not initialised', 20101));
    else if (header['method'] === 'update') this.#update(header);
    else if (header['method'] === 'message') this.#message(header, payload);
    else this.#reply(header, OK);
    if (header['method'] === 'close') this.#socket.close();
  }

  ping(): void {
    if (!this.isAlive) this.#socket.terminate();
    this.isAlive = false;
    this.#socket.ping();
  }

  terminate(): void {
    this.#socket.terminate();
  }

  /** The socket is gone. */
  end(): void {
    this.#cancelTimer();
    for (const object of this.subscriptions.values()) object.subscribers.delete(this);
    this.subscriptions.clear();
  }

  #init(header: Json): void {
    const { world } = this.#hub;
    const claims = this.#verify(header);
    if (!claims) return;
    const service = grantedService(world, claims);
    const refusal: Status | undefined =
      (service
        ? undefined
        : { code: 403, status: 'FORBIDDEN', description: 'Service Instance not found', errorCode: 54050 }) ??
      (this.isReady ? unauthorized('Already initialised', 20101) : undefined) ??
      this.#hub.admit();
    if (!service || refusal) {
      this.#reply(header, refusal ?? BAD_FRAME);
      return;
    }
    const previous = readContinuation(header['continuation_token']);
    const isSame = previous?.identity === claims.identity && previous.service === service.sid;
    const endpointId = isSame ? previous.endpoint : `twi1-${randomUUID()}`;
    this.#session = { identity: claims.identity, service, endpointId };
    this.#watchToken(claims.expiresAt);
    this.#reply(header, OK, {
      // Without telemetry.v1 clients send none.
      capabilities: ['client_update', 'offline_storage'],
      continuation_token: writeContinuation({
        identity: claims.identity,
        service: service.sid,
        endpoint: endpointId,
      }),
      continuation_token_status: isSame ? { reissued: false } : { reissued: true, ...reissueReason(header) },
      offline_storage: { data_sync: { storage_id: storageId(world.state.epoch, service, claims.identity) } },
      init_registrations: registrations(header['registrations']),
    });
    this.#hub.connected(this);
  }

  #update(header: Json): void {
    const claims = this.#verify(header);
    if (!claims) return;
    if (claims.identity !== this.identity || grantedService(this.#hub.world, claims) !== this.service) {
      const why = "Can't update token, new token was issued for other identity/instance/product.";
      this.#reply(header, unauthorized(why, 51215));
      return;
    }
    this.#watchToken(claims.expiresAt);
    this.#reply(header, OK);
  }

  /** Answers the refusal itself. */
  #verify(header: Json): AccessTokenClaims | undefined {
    const { world } = this.#hub;
    try {
      const claims = verifyAccessToken(textOf(header['token']), world.credentials, world.clock);
      if (claims.grants['data_sync']) return claims;
      this.#reply(header, unauthorized('Invalid Access Token grants', 20101));
    } catch (error) {
      if (!(error instanceof AccessTokenError)) throw error;
      // The SDK knows one reason apart from all others: that a fresh token would help.
      this.#reply(header, unauthorized(error.message, error.code === 20104 ? 20104 : 20101));
    }
    return undefined;
  }

  /** Asks for a fresh token some time before the present one runs out, and says goodbye when it has. */
  #watchToken(expiresAt: number): void {
    const { clock } = this.#hub.world;
    this.#cancelTimer();
    this.#cancelTimer = clock.after(expiresAt - clock.now() - limits.TOKEN_WARNING_MS, () => {
      const message = `Your token is about to expire. Time left: less than ${limits.TOKEN_WARNING_MS} ms`;
      this.#send({
        method: 'client_update',
        id: newMessageId(),
        client_update_type: 'token_about_to_expire',
        client_update_message: message,
      });
      this.#cancelTimer = clock.after(expiresAt - clock.now(), () => this.#close(TOKEN_EXPIRED));
    });
  }

  #message(header: Json, payload: string): void {
    const { world } = this.#hub;
    const withinRate = spend(world, this.#upstream) && this.#hub.mayAsk();
    const { response, frames } = answerUpstream(world, this, header['http_request'], payload, withinRate);
    const body = response.body === undefined ? undefined : JSON.stringify(response.body);
    const http = {
      http_status: { code: response.status, status: STATUS_CODES[response.status] ?? 'OK' },
      http_headers: { 'content-type': 'application/json', ...response.headers },
    };
    this.#reply(header, OK, http, body);
    for (const frame of frames) this.notify(frame);
  }

  #close(status: Status): void {
    this.#isClosing = true;
    this.#send({ method: 'close', id: newMessageId(), status });
    this.#cancelTimer();
    this.#cancelTimer = systemClock.after(CLOSING_MS, () => this.#socket.terminate());
  }

  #reply(header: Json, status: Status, more: Json = {}, payload?: string): void {
    this.#send({ method: 'reply', id: textOf(header['id']), status, ...more }, payload);
  }

  #send(header: Json, payload?: string): void {
    this.notify(encodeFrame(header, payload));
  }
}
