/**
 * A stand-in for 100ms: rooms, active rooms and webhooks of its server API v2; signalling for its SDK for browsers, with
 * a media server behind it; and a door for peers without either.
 */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { systemClock, type Clock } from '../twilio/clock';
import { closeServer, listenOn } from '../twilio/listening';
import { TokenBucket } from '../twilio/token-bucket';
import { join, type Door } from './joining';
import { CALLS_PER_SECOND } from './limits';
import { type LeaveReason, newId, type Peer } from './room';
import { answer, type Desk } from './router';
import { Hall } from './signalling/hall';
import { takeSockets } from './signalling/sockets';
import { HmsState } from './state';
import type { Keys } from './tokens';
import { Webhooks, type WebhookTarget } from './webhooks';

export interface HmsEmulatorOptions {
  /** Access key → app secret. */
  readonly keys: Keys;
  /** Told of what happens in every room. */
  readonly webhook?: WebhookTarget;
  /** What the template of every room knows; "host" and "guest" unless given. */
  readonly roles?: readonly string[];
  /** Real time unless given. */
  readonly clock?: Clock;
  readonly limits?: 'enforced' | 'off';
  readonly log?: (line: string) => void;
}

/** Somebody who joined through {@link HmsEmulator.join}. */
export interface Attendee {
  readonly peerId: string;
  readonly userId: string;
  /** Why the attendee is out; undefined while in the room. */
  readonly reason: LeaveReason | undefined;
  leave(): void;
}

export interface HmsEmulator {
  /** Port 0, the default, takes a free one; the host is 127.0.0.1 unless given. The API is at `<origin>/v2`. */
  listen(port?: number, host?: string): Promise<{ port: number; origin: string }>;
  close(): Promise<void>;
  /** Forgets every room; so does `POST /_emulator/reset`. */
  reset(): void;
  /**
   * Takes a place in a room as a client's SDK would, which no server API does; so does `POST /_emulator/join` with
   * `{"token", "user_name"}`; with `{"peer_id"}` `POST /_emulator/leave` gives it back, and `POST /_emulator/peer` says
   * whether it is still held.
   * @throws Error with a `status` when it is refused
   */
  join(token: string, name?: string): Attendee;
  /** Names of the rooms that can be joined. */
  readonly rooms: readonly string[];
  /** Calls since the last reset: `{"POST /rooms": 2}`. */
  readonly stats: Readonly<Record<string, number>>;
}

const LARGEST_BODY_BYTES = 1024 * 1024;

/** Nothing is listened to before `listen`. */
export function createHmsEmulator(options: HmsEmulatorOptions): HmsEmulator {
  const { keys, clock = systemClock, roles = ['host', 'guest'], webhook: target } = options;
  const { limits = 'enforced', log = () => undefined } = options;
  const account = { customerId: newId(clock.now()), appId: newId(clock.now()) };
  const webhooks = new Webhooks({ target, account, clock, log });
  const state: HmsState = new HmsState(clock, newId(clock.now()), (event) => {
    webhooks.notify(event);
    hall.hear(event);
  });
  const vendorsKey = { accessKey: newId(clock.now()), secret: randomUUID() };
  const door: Door = { keys: { ...keys, [vendorsKey.accessKey]: vendorsKey.secret }, clock, state, roles };
  const hall = new Hall(door);
  const stats = new Map<string, number>();
  const reset = (): void => {
    webhooks.stop();
    hall.reset();
    sockets.kill();
    state.reset();
    stats.clear();
  };
  const desk: Desk = {
    door,
    account,
    vendorsKey,
    rate: limits === 'off' ? undefined : new TokenBucket(clock, CALLS_PER_SECOND),
    reset,
    count: (call) => stats.set(call, (stats.get(call) ?? 0) + 1),
  };
  const http = createServer((message, response) => {
    respond(message, response, desk).catch((error: unknown) => {
      log(`request lost: ${String(error)}`);
      response.destroy();
    });
  });
  const sockets = takeSockets(http, hall, door);
  return {
    listen: (port, host) => listenOn(http, port, host),
    close: () => {
      reset();
      return closeServer(http);
    },
    reset,
    join: (token, name = '') => attendee(join(door, token, name), state),
    get rooms() {
      return state.rooms.filter(({ enabled }) => enabled).map(({ name }) => name);
    },
    get stats() {
      return Object.fromEntries(stats);
    },
  };
}

const attendee = (peer: Peer, state: HmsState): Attendee => ({
  peerId: peer.id,
  userId: peer.userId,
  get reason() {
    return peer.left?.reason;
  },
  leave: () => state.leave(peer, 'client request'),
});

async function respond(message: IncomingMessage, response: ServerResponse, desk: Desk): Promise<void> {
  const { status, body, headers } = answer(message, await readBody(message), desk);
  const type = body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' };
  response.writeHead(status, { ...type, ...headers });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

/** Reads on past the limit without keeping anything, so that the sender hears the refusal. */
async function readBody(message: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= LARGEST_BODY_BYTES) chunks.push(chunk);
  }
  return bytes > LARGEST_BODY_BYTES ? undefined : Buffer.concat(chunks).toString();
}
