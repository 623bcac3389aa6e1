/** A stand-in for a LiveKit server: its RoomService, its webhooks, and the door that clients come to. No media. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { refuseUpgrade } from '../refuse-upgrade';
import { systemClock, type Clock } from '../twilio/clock';
import { PlainError } from './errors';
import { admit, join, type Door } from './joining';
import { NO_MEDIA } from './no-media';
import type { DisconnectReason, Participant } from './room';
import { answer, type Answer, type Desk } from './router';
import { LiveKitState } from './state';
import type { Keys } from './tokens';
import { Webhooks } from './webhooks';
import { closeServer, listenOn } from '../twilio/listening';

export interface LiveKitEmulatorOptions {
  /** API key → secret; the first one signs webhooks. */
  readonly keys: Keys;
  readonly webhookUrls?: readonly string[];
  /** Real time unless given. */
  readonly clock?: Clock;
  /** `room.auto_create` of the server's configuration; true unless given. */
  readonly autoCreate?: boolean;
  readonly log?: (line: string) => void;
}

/** Somebody who connected through {@link LiveKitEmulator.join}. */
export interface Attendee {
  readonly sid: string;
  readonly identity: string;
  /** Why the attendee is out; undefined while in the room. */
  readonly reason: DisconnectReason | undefined;
  leave(): void;
  publish(track: { type: 'AUDIO' | 'VIDEO'; source: string; name: string }): { readonly sid: string };
}

export interface LiveKitEmulator {
  /** Port 0, the default, takes a free one; the host is 127.0.0.1 unless given. */
  listen(port?: number, host?: string): Promise<{ port: number; origin: string }>;
  close(): Promise<void>;
  /** Forgets every room; so does `POST /_emulator/reset`. */
  reset(): void;
  /**
   * Takes a place in a room as a client's SDK would; so does `POST /_emulator/join` with `{"token"}`.
   * @throws Error with the server's `status` and words when it refuses
   */
  join(token: string): Attendee;
  /** Names of the rooms that are there. */
  readonly rooms: readonly string[];
  /** Calls since the last reset, by method: `{CreateRoom: 2}`. */
  readonly stats: Readonly<Record<string, number>>;
}

/** More than any message may have: metadata of 512 KiB, every byte of it escaped. */
const LARGEST_BODY_BYTES = 4 * 1024 * 1024;

/** Nothing is listened to before `listen`. */
export function createLiveKitEmulator(options: LiveKitEmulatorOptions): LiveKitEmulator {
  const { keys, clock = systemClock, webhookUrls = [], autoCreate = true, log = () => undefined } = options;
  const [[apiKey, apiSecret] = ['', '']] = Object.entries(keys);
  const webhooks = new Webhooks({ urls: webhookUrls, apiKey, apiSecret, clock, log });
  const state = new LiveKitState(clock, (event) => webhooks.notify(event));
  const door: Door = { keys, clock, state, autoCreate };
  const stats = new Map<string, number>();
  const reset = (): void => {
    webhooks.stop();
    state.reset();
    stats.clear();
  };
  const desk: Desk = { door, reset, count: (method) => stats.set(method, (stats.get(method) ?? 0) + 1) };

  const http = createServer((message, response) => {
    respond(message, response, desk).catch((error: unknown) => {
      log(`request lost: ${String(error)}`);
      response.destroy();
    });
  });
  http.on('upgrade', (message: IncomingMessage, socket: Duplex) => refuseSocket(message, socket, door));
  return {
    listen: (port, host) => listenOn(http, port, host),
    close: () => {
      reset();
      return closeServer(http);
    },
    reset,
    join: (token) => attendee(join(door, token), state),
    get rooms() {
      return state.rooms.map(({ name }) => name);
    },
    get stats() {
      return Object.fromEntries(stats);
    },
  };
}

const attendee = (participant: Participant, state: LiveKitState): Attendee => ({
  sid: participant.sid,
  identity: participant.identity,
  get reason() {
    return participant.reason;
  },
  leave: () => state.leave(participant, 'CLIENT_INITIATED'),
  publish: (track) => state.publish(participant, track),
});

async function respond(message: IncomingMessage, response: ServerResponse, desk: Desk): Promise<void> {
  const { status, type, body, headers } = answer(message, await readBody(message), desk);
  response.writeHead(status, { ...(type === undefined ? {} : { 'content-type': type }), ...headers });
  response.end(body);
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

/** Answers a client's handshake at once: with the server's refusal, or with what to start instead. */
function refuseSocket(message: IncomingMessage, socket: Duplex, door: Door): void {
  socket.on('error', () => socket.destroy());
  const { status, body }: Pick<Answer, 'status' | 'body'> = doorkeeper(message, door);
  refuseUpgrade(socket, status, 'text/plain', body);
}

function doorkeeper(message: IncomingMessage, door: Door): Pick<Answer, 'status' | 'body'> {
  try {
    const url = new URL(message.url ?? '/', 'http://emulator');
    const bearer = /^Bearer (.+)$/.exec(message.headers.authorization ?? '')?.[1];
    admit(door, bearer ?? url.searchParams.get('access_token'));
    return { status: 403, body: NO_MEDIA };
  } catch (error) {
    if (error instanceof PlainError) return { status: error.status, body: error.message };
    throw error;
  }
}
