/**
 * What clients say by JSON-RPC 2.0, as the vendor's SDK for browsers (`@100mslive/hms-video-store` 0.15) says it:
 * requests bear an id and are answered, notifications do not and are not.
 */
import * as z from 'zod';
import { BROADCAST_BYTES, NAME_LENGTH, TRACKS } from '../limits';

const description = (type: 'offer' | 'answer') =>
  z.object({ type: z.literal(type), sdp: z.string().regex(/^v=0\r?\n[^]*\r?\nm=/) });

const Track = z.object({
  track_id: z.string().min(1).max(100),
  stream_id: z.string().min(1).max(100),
  type: z.enum(['audio', 'video']),
  source: z.string().min(1).max(100),
  mute: z.boolean(),
  description: z.string().max(100).default(''),
});
const Tracks = z
  .record(z.string(), Track)
  .refine((tracks) => Object.entries(tracks).every(([id, { track_id }]) => id === track_id))
  .refine((tracks) => Object.keys(tracks).length <= TRACKS);

const text = z.string().max(BROADCAST_BYTES);
const Bodies = {
  join: z.object({
    name: z.string().max(NAME_LENGTH).default(''),
    data: z.string().max(BROADCAST_BYTES).default(''),
    offer: description('offer'),
  }),
  offer: z.object({ desc: description('offer'), tracks: Tracks }),
  answer: z.object({ desc: description('answer') }),
  'track-update': z.object({ tracks: Tracks }),
  broadcast: z.object({
    info: z.object({ message: text, type: z.string().max(100).default('chat') }),
    roles: z.array(z.string()).optional(),
    peer_id: z.string().optional(),
  }),
  'peer-leave-request': z.object({ requested_for: z.string(), reason: text.default('') }),
  'end-room': z.object({ lock: z.boolean().default(false), reason: text.default('') }),
  'peer-update': z.object({ name: z.string().max(NAME_LENGTH).optional(), data: text.optional() }),
  leave: z.unknown(),
  ping: z.object({ timestamp: z.number() }),
  // Of connections that find their way without, and of what nobody here looks at.
  trickle: z.unknown(),
  analytics: z.unknown(),
} as const;

type Method = keyof typeof Bodies;
export type Body<M extends Method> = z.infer<(typeof Bodies)[M]>;
export type TrackState = z.infer<typeof Track>;

const Frame = z.object({
  id: z.string().min(1).max(100).optional(),
  method: z.string(),
  params: z.unknown().optional(),
});

export type Said = { readonly [M in Method]: { readonly method: M; readonly params: Body<M> } }[Method];

export type Read =
  | { readonly said: Said; readonly id: string | undefined }
  | { readonly fault: { readonly code: number; readonly message: string }; readonly id: string | undefined };

/** As JSON-RPC numbers them. */
const UNREADABLE = { code: -32700, message: 'parse error' };
const NOT_A_REQUEST = { code: -32600, message: 'invalid request' };

export function readMessage(data: string): Read {
  let json: unknown;
  try {
    json = JSON.parse(data);
  } catch {
    return { fault: UNREADABLE, id: undefined };
  }
  const frame = Frame.safeParse(json).data;
  if (!frame) return { fault: NOT_A_REQUEST, id: undefined };
  const { id, method } = frame;
  if (!isKnown(method)) return { fault: { code: 404, message: `${method} is not emulated` }, id };
  const params = Bodies[method].safeParse(frame.params);
  if (!params.success) return { fault: { code: 400, message: `invalid params of ${method}` }, id };
  return { said: { method, params: params.data } as Said, id };
}

const isKnown = (method: string): method is Method => Object.hasOwn(Bodies, method);
