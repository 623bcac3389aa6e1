/** All clients' sockets: accepting, counting, keeping alive and cutting them off. */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { TokenBucket } from '../twilio/token-bucket';
import { Connection, type Hub } from './connection';
import type { Status } from './handshake';
import * as limits from './limits';
import { Reachability } from './reachability';
import { spend, type World } from './world';

const SOCKET_PATH = '/v3/wsconnect';

/** https://www.twilio.com/docs/api/errors/51124 and 51201; on 429 clients come back later. */
const TOO_MANY: Status = {
  code: 429,
  status: 'TOO_MANY_REQUESTS',
  description: 'Too many connections',
  errorCode: 51124,
};
const TOO_FAST: Status = {
  code: 429,
  status: 'TOO_MANY_REQUESTS',
  description: 'Too many connection requests for this account',
  errorCode: 51201,
};

export class Connections implements Hub {
  readonly world: World;
  readonly #open = new Set<Connection>();
  #ready = 0;
  #establishing: TokenBucket;
  #asking: TokenBucket;
  readonly #reachability: Reachability;
  readonly #pinger: NodeJS.Timeout;
  readonly #sockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    // A compressor for each client would cost more memory than all the rest.
    perMessageDeflate: false,
    maxPayload: limits.LARGEST_FRAME_BYTES,
  });

  constructor(world: World) {
    this.world = world;
    this.#establishing = new TokenBucket(world.clock, limits.CONNECTIONS_PER_SECOND);
    this.#asking = new TokenBucket(world.clock, limits.UPSTREAM_PER_SECOND);
    this.#reachability = new Reachability(world);
    this.#pinger = setInterval(() => this.#ping(), limits.PING_INTERVAL_MS);
    this.#pinger.unref();
  }

  /** Takes over the server's upgrades. */
  attach(server: Server): void {
    server.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
  }

  admit(): Status | undefined {
    if (this.world.enforceRates && this.#ready >= limits.CONNECTIONS) return TOO_MANY;
    return spend(this.world, this.#establishing) ? undefined : TOO_FAST;
  }

  mayAsk(): boolean {
    return spend(this.world, this.#asking);
  }

  connected(connection: Connection): void {
    this.#ready += 1;
    this.#reachability.connected(connection);
  }

  /** Cuts every socket, as a network would: without a word. */
  killAll(): void {
    for (const connection of this.#open) connection.terminate();
  }

  reset(): void {
    this.#establishing = new TokenBucket(this.world.clock, limits.CONNECTIONS_PER_SECOND);
    this.#asking = new TokenBucket(this.world.clock, limits.UPSTREAM_PER_SECOND);
    this.#reachability.reset();
    this.killAll();
  }

  close(): void {
    clearInterval(this.#pinger);
    this.#reachability.reset();
    this.killAll();
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    if (request.url?.split('?')[0] !== SOCKET_PATH) {
      socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    this.#sockets.handleUpgrade(request, socket, head, (webSocket) => {
      const connection = new Connection(this, webSocket, socket);
      this.#open.add(connection);
      webSocket.on('message', (bytes: Buffer) => this.#received(connection, bytes));
      webSocket.on('pong', () => {
        connection.isAlive = true;
      });
      webSocket.on('error', (error) => this.world.log(`a client broke the protocol: ${error.message}`));
      webSocket.on('close', () => this.#closed(connection));
    });
  }

  /** A bug met by one client's message must not take the others down. */
  #received(connection: Connection, bytes: Buffer): void {
    try {
      connection.receive(bytes);
    } catch (error) {
      this.world.log(`bug in the emulator: ${error instanceof Error ? (error.stack ?? error.message) : ''}`);
      connection.terminate();
    }
  }

  #closed(connection: Connection): void {
    this.#open.delete(connection);
    connection.end();
    if (!connection.isReady) return;
    this.#ready -= 1;
    this.#reachability.disconnected(connection);
  }

  #ping(): void {
    for (const connection of this.#open) connection.ping();
  }
}
