/**
 * The wire of Twilio Video's signalling, as twilio-video 2.36.0 speaks it: TCMP frames (`lib/twilioconnection.js`)
 * around messages of the Room Signaling Protocol (`lib/signaling/v2/twilioconnectiontransport.js`).
 */
import { z } from 'zod';

/** Counts up per object; what is not newer than the last is old news. */
const revision = z.int().nonnegative();

/** Loose, because what one browser says to another is passed on whole. */
const description = z.looseObject({
  type: z.enum(['offer', 'answer', 'close']),
  revision,
  sdp: z.string().optional(),
});
const ice = z.looseObject({
  revision,
  ufrag: z.string().nullable(),
  candidates: z.array(z.unknown()).default([]),
  complete: z.boolean().optional(),
});
const peerConnection = z.object({
  id: z.string(),
  description: description.optional(),
  ice: ice.optional(),
});

const track = z.object({
  id: z.string().min(1),
  kind: z.enum(['audio', 'video', 'data']),
  name: z.string(),
  enabled: z.boolean().default(true),
  priority: z.string().nullish(),
});

const publisher = z.object({ revision, tracks: z.array(track) });
const subscribe = z.object({ rules: z.array(z.object({ type: z.enum(['include', 'exclude']) })) });
const peerConnections = z.array(peerConnection).default([]);

const roomMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ice'), token: z.string() }),
  z.object({
    type: z.literal('connect'),
    token: z.string(),
    name: z.string().nullish(),
    participant: publisher,
    peer_connections: peerConnections,
    subscribe: subscribe.optional(),
  }),
  z.object({
    type: z.literal('sync'),
    session: z.string(),
    token: z.string(),
    participant: publisher.optional(),
    peer_connections: peerConnections,
  }),
  z.object({
    type: z.literal('update'),
    participant: publisher.optional(),
    peer_connections: peerConnections,
  }),
  z.object({ type: z.literal('disconnect') }),
]);

const frame = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hello'), timeout: z.number().positive(), body: z.unknown().optional() }),
  z.object({ type: z.literal('msg'), body: z.unknown() }),
  z.object({ type: z.literal('heartbeat') }),
  z.object({ type: z.literal('bye') }),
]);

export type Description = z.infer<typeof description>;
export type Ice = z.infer<typeof ice>;
export type ClientPeerConnection = z.infer<typeof peerConnection>;
export type ClientPublisher = z.infer<typeof publisher>;
export type RoomMessage = z.infer<typeof roomMessage>;
export type ConnectMessage = Extract<RoomMessage, { type: 'connect' }>;
export type SyncMessage = Extract<RoomMessage, { type: 'sync' }>;
export type UpdateMessage = Extract<RoomMessage, { type: 'update' }>;
export type Frame = z.infer<typeof frame>;

/** What the server says of a peer connection: the other browser's words, or its own. */
export interface PeerConnectionState {
  readonly id: string;
  readonly description?:
    Description | { readonly type: 'create-offer'; readonly revision: 1 } | { readonly type: 'close' };
  readonly ice?: Ice;
}

/** What the server says. `version` is added on the way out. */
export type ServerMessage = { readonly type: string } & Readonly<Record<string, unknown>>;

/** Undefined for what is not a frame. */
export function readFrame(data: string): Frame | undefined {
  try {
    return frame.safeParse(JSON.parse(data)).data;
  } catch {
    return undefined;
  }
}

/** Undefined for what is not a message that a client may send. */
export const readRoomMessage = (body: unknown): RoomMessage | undefined => roomMessage.safeParse(body).data;
