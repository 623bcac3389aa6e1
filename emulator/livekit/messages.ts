/** What callers send to the RoomService, in protobuf's JSON: https://protobuf.dev/programming-guides/json/ */
import * as z from 'zod';
import { malformed } from './errors';

export const text = z.optional(z.string());
const count = z.optional(z.coerce.number().check(z.int(), z.gte(0), z.lt(2 ** 32)));
export const permission = z
  .object({
    canSubscribe: z.boolean(),
    canPublish: z.boolean(),
    canPublishData: z.boolean(),
    canUpdateMetadata: z.boolean(),
    hidden: z.boolean(),
  })
  .partial();

/** Fields may be sent by their own names or in camelCase; those of them that nobody knows are ignored. */
const camelCase = (name: string): string =>
  name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
const inCamelCase = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(
        Object.entries(value).map(([name, field]) => [
          camelCase(name),
          name === 'attributes' ? field : inCamelCase(field),
        ]),
      )
    : value;

/** @throws {TwirpError} malformed */
export function read<S extends z.ZodType>(shape: S, request: unknown): z.infer<S> {
  const { success, data } = shape.safeParse(inCamelCase(request));
  if (!success) throw malformed();
  return data;
}

export const RoomRequest = z.object({ room: z.optional(z.string()).transform((room) => room ?? '') });
export const ParticipantRequest = RoomRequest.extend({
  identity: z.optional(z.string()).transform((identity) => identity ?? ''),
});
export const RoomShape = z.object({
  emptyTimeout: count,
  departureTimeout: count,
  maxParticipants: count,
  metadata: text,
});

/** Protobuf knows no absent number or text: 0 and '' mean the default. */
export const settingsIn = (shape: z.infer<typeof RoomShape>) => ({
  ...(shape.emptyTimeout ? { emptyTimeout: shape.emptyTimeout } : {}),
  ...(shape.departureTimeout ? { departureTimeout: shape.departureTimeout } : {}),
  ...(shape.maxParticipants ? { maxParticipants: shape.maxParticipants } : {}),
  ...(shape.metadata ? { metadata: shape.metadata } : {}),
});

/** What a token wants a room to be like that its bearer makes by joining. */
export const roomConfigIn = (config: unknown) => settingsIn(read(RoomShape, config ?? {}));
