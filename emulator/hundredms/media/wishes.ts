/** What a client asks for over its data channel, in JSON-RPC: whether it wants a track, and how large a picture. */
import * as z from 'zod';

export interface Wish {
  readonly trackId: string;
  readonly wanted: boolean;
}

const Request = z.discriminatedUnion('method', [
  z.object({
    id: z.string(),
    method: z.literal('prefer-video-track-state'),
    params: z.object({
      track_id: z.string(),
      max_spatial_layer: z.enum(['none', 'low', 'medium', 'high']),
    }),
  }),
  z.object({
    id: z.string(),
    method: z.literal('prefer-audio-track-state'),
    params: z.object({ track_id: z.string(), subscribed: z.boolean() }),
  }),
]);

/** @returns undefined for what is no such request: there is nothing that it could be answered by */
export function answerWish(data: string, grant: (wish: Wish) => boolean): string | undefined {
  const request = Request.safeParse(jsonIn(data)).data;
  if (!request) return undefined;
  const { id, params } = request;
  // There is one size of each picture here.
  const wanted = 'subscribed' in params ? params.subscribed : params.max_spatial_layer !== 'none';
  const answer = grant({ trackId: params.track_id, wanted })
    ? { result: { track_id: params.track_id } }
    : { error: { code: 404, message: 'track not found' } };
  return JSON.stringify({ id, jsonrpc: '2.0', ...answer });
}

function jsonIn(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
