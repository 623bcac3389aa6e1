/** A stand-in for Twilio Video: its REST API, its status callbacks and, at `/signaling`, its browser protocol. */
import { systemClock, type Clock } from '../twilio/clock';
import type { Credentials } from '../twilio/credentials';
import { notFound } from '../twilio/errors';
import { createRestServer, type RestRequest, type RestResponse } from '../twilio/rest-server';
import { SESSION_TIMEOUT_SECONDS } from './limits';
import { answerParticipant, answerParticipants } from './participants';
import { answerRoom, answerRooms, type Resources } from './rooms';
import { Signaling } from './signaling/signaling';
import { takeSockets } from './signaling/sockets';
import { VideoState } from './state';
import { StatusCallbacks } from './status-callbacks';

export interface VideoEmulatorOptions {
  readonly credentials: Credentials;
  /** Real time unless given. */
  readonly clock?: Clock;
  /** How long a closed tab keeps its place, in seconds; the vendor's 30 unless given. */
  readonly sessionTimeoutSeconds?: number;
  readonly log?: (line: string) => void;
}

export interface VideoEmulator {
  /** Port 0, the default, takes a free one; the host is 127.0.0.1 unless given. */
  listen(port?: number, host?: string): Promise<{ port: number; origin: string }>;
  close(): Promise<void>;
  /** Forgets every room and hangs up on everybody; so does `POST /_emulator/reset`. */
  reset(): void;
  /** Drops every signalling socket without a goodbye, as a broken network would. */
  killConnections(): void;
  /** REST requests since the last reset, by what they asked for: `{'POST /Rooms': 2, 'GET /Rooms/{Sid}': 1}`. */
  readonly stats: Readonly<Record<string, number>>;
}

/** Nothing is listened to before `listen`. */
export function createVideoEmulator(options: VideoEmulatorOptions): VideoEmulator {
  const { credentials, clock = systemClock, log = () => undefined } = options;
  const { sessionTimeoutSeconds = SESSION_TIMEOUT_SECONDS } = options;
  const state = new VideoState({ clock, sessionTimeoutSeconds, log });
  const callbacks = new StatusCallbacks({ ...credentials, clock, log });
  state.listen((event) => callbacks.notify(event));
  const signaling = new Signaling({ credentials, clock, state, sessionTimeoutSeconds, log });
  const stats = new Map<string, number>();
  const reset = (): void => {
    callbacks.stop();
    signaling.reset();
    state.reset();
    stats.clear();
    sockets.kill();
  };
  const resources = { accountSid: credentials.accountSid, state };
  const handle = (request: RestRequest): RestResponse => route(request, resources, stats);
  const server = createRestServer({ credentials, handle, reset, log });
  const sockets = takeSockets(server.http, signaling);
  return {
    listen: (port, host) => server.listen(port, host),
    close: async () => {
      reset();
      await server.close();
    },
    reset,
    killConnections: () => sockets.kill(),
    get stats() {
      return Object.fromEntries(stats);
    },
  };
}

/** @throws {VendorError} 404/20404 for a path that is none of ours */
function route(request: RestRequest, resources: Resources, stats: Map<string, number>): RestResponse {
  const [version, collection, room, participants, participant, ...rest] = request.segments;
  const isParticipants = participants === undefined || participants === 'Participants';
  if (version !== 'v1' || collection !== 'Rooms' || !isParticipants || rest.length > 0) {
    throw notFound(request.path);
  }
  const count = (resource: string): void => {
    const key = `${request.method} ${resource}`;
    stats.set(key, (stats.get(key) ?? 0) + 1);
  };
  if (room === undefined) {
    count('/Rooms');
    return answerRooms(request, resources);
  }
  if (participants === undefined) {
    count('/Rooms/{Sid}');
    return answerRoom(request, resources, room);
  }
  if (participant === undefined) {
    count('/Rooms/{Sid}/Participants');
    return answerParticipants(request, resources, room);
  }
  count('/Rooms/{Sid}/Participants/{Sid}');
  return answerParticipant(request, resources, room, participant);
}
