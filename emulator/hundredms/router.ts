/** Which request is whose: the server API, and what only an emulator has. */
import type { IncomingMessage } from 'node:http';
import type { TokenBucket } from '../twilio/token-bucket';
import { endRoom, listPeers, removePeers, retrieveActiveRoom, retrievePeer } from './active-rooms';
import type { Resource } from './call';
import { testToken, type VendorsKey } from './diagnostics';
import { HmsError, invalidBody, pathNotFound, peerNotFound, tooManyRequests } from './errors';
import { join, type Door } from './joining';
import type { Peer } from './room';
import { createRoom, listRooms, retrieveRoom, updateRoom } from './rooms';
import { INIT_PATH, initConfig } from './signalling/init';
import { readToken } from './tokens';
import { type Account, viewPeer } from './views';

export interface Answer {
  readonly status: number;
  /** Sent as JSON. */
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Desk {
  readonly door: Door;
  readonly account: Account;
  readonly vendorsKey: VendorsKey;
  /** undefined: as many calls as come. */
  readonly rate: TokenBucket | undefined;
  readonly reset: () => void;
  /** Told of every call of the server API: `POST /rooms/:id`. */
  readonly count: (call: string) => void;
}

interface Incoming {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  /** undefined: too large. */
  readonly body: string | undefined;
}

const RESOURCES: Readonly<Record<string, Resource>> = {
  'POST /rooms': createRoom,
  'GET /rooms': listRooms,
  'GET /rooms/:id': retrieveRoom,
  'POST /rooms/:id': updateRoom,
  'GET /active-rooms/:id': retrieveActiveRoom,
  'GET /active-rooms/:id/peers': listPeers,
  'GET /active-rooms/:id/peers/:id': retrievePeer,
  'POST /active-rooms/:id/remove-peers': removePeers,
  'POST /active-rooms/:id/end-room': endRoom,
};

export function answer(message: IncomingMessage, body: string | undefined, desk: Desk): Answer {
  const { method = 'GET', headers } = message;
  try {
    const url = new URL((message.url ?? '/').replace(/^\/\/+/, '/'), 'http://emulator');
    const incoming = { method, url, headers, body };
    if (url.pathname.startsWith('/_emulator/')) return emulatorsOwn(incoming, desk);
    if (url.pathname === INIT_PATH) {
      return forClients(incoming, () => initConfig(headers, desk.door));
    }
    if (url.pathname === '/v2/diagnostics/token') {
      const { door, vendorsKey, count } = desk;
      count('GET /diagnostics/token');
      return forClients(incoming, () => testToken(door.state, vendorsKey, door.clock.now()));
    }
    return { status: 200, body: serverApi(incoming, desk) };
  } catch (error) {
    if (error instanceof HmsError) return refused(error);
    throw error;
  }
}

const refused = ({ status, body }: HmsError): Answer => ({ status, body });

/** Clients are pages of any origin. */
const CORS = { 'access-control-allow-origin': '*', 'access-control-allow-headers': 'authorization' };

function forClients({ method }: Incoming, answer: () => object): Answer {
  if (method === 'OPTIONS') return { status: 204, headers: CORS };
  try {
    if (method !== 'GET') throw new HmsError(405, 'GET only');
    return { status: 200, body: answer(), headers: CORS };
  } catch (error) {
    if (error instanceof HmsError) return { ...refused(error), headers: CORS };
    throw error;
  }
}

/** @throws {HmsError} 401 before anything else is looked at */
function serverApi({ method, url, headers, body }: Incoming, desk: Desk): object {
  const { door, account, rate, count } = desk;
  const token = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
  readToken(token, 'management', door.keys, door.clock);
  if (rate?.take() === false) throw tooManyRequests();
  const [version, ...segments] = url.pathname.split('/').filter(Boolean).map(decoded);
  // Names and ids take turns.
  const named = segments.map((segment, index) => (index % 2 === 1 ? ':id' : segment));
  const call = `${method} /${named.join('/')}`;
  const resource = version === 'v2' && Object.hasOwn(RESOURCES, call) ? RESOURCES[call] : undefined;
  if (!resource) throw pathNotFound();
  count(call);
  return resource({
    state: door.state,
    account,
    query: url.searchParams,
    body: method === 'POST' ? parsed(body) : {},
    ids: segments.filter((_, index) => index % 2 === 1),
  });
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw pathNotFound();
  }
}

function parsed(body: string | undefined): Readonly<Record<string, unknown>> {
  if (body === '') return {};
  try {
    const value: unknown = JSON.parse(body ?? 'too large');
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return value as Record<string, unknown>;
    }
  } catch {
    // Said below.
  }
  throw invalidBody('not a JSON object');
}

/**
 * NOT the vendor's: there is no 100ms server to put people into rooms, so tests and a local run do it here.
 * A page in a browser may not: browsers name the page's origin, tools do not.
 */
function emulatorsOwn({ method, url, headers, body }: Incoming, { door, reset }: Desk): Answer {
  if (headers.origin !== undefined) throw new HmsError(403, 'not for pages');
  if (method !== 'POST') throw new HmsError(405, 'POST only');
  const { token, user_name: name = '', peer_id: peerId } = parsed(body);
  switch (url.pathname) {
    case '/_emulator/reset':
      reset();
      return { status: 204 };
    case '/_emulator/join': {
      if (typeof token !== 'string' || typeof name !== 'string') throw invalidBody('token or user_name');
      const peer = join(door, token, name);
      return { status: 200, body: { ...viewPeer(peer), room_id: peer.room.id } };
    }
    case '/_emulator/peer':
      return { status: 200, body: viewPeer(peerCalled(peerId, door)) };
    case '/_emulator/leave':
      door.state.leave(peerCalled(peerId, door), 'client request');
      return { status: 204 };
    default:
      throw pathNotFound();
  }
}

function peerCalled(id: unknown, { state }: Door): Peer {
  const peers = state.rooms.map(({ session }) => session?.peers.get(String(id)));
  const peer = peers.find((found) => found !== undefined);
  if (!peer) throw peerNotFound();
  return peer;
}
