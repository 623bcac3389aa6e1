/** Joining any LiveKit room on the wire (seed 000), and the same for livekit-client's token source. */
import * as z from 'zod/mini';
import { bytes, characters, personName } from './parameters';

/** LiveKit takes so many; whatever is longer would be cut, and somebody else's. */
const MAX_BYTES = 256;

const roomName = bytes(MAX_BYTES, 'the name of a room');
const identity = bytes(MAX_BYTES, 'a user id');

export const JoinRoomRequest = z.object({ roomName, uid: identity });

export interface JoinRoomResponse {
  readonly msg: 'Success';
  /** Where the LiveKit client connects to. */
  readonly livekit_socket_url: string;
  readonly access_token: string;
  /** Options for the LiveKit client. */
  readonly connect_options: Readonly<Record<string, unknown>>;
}

const MAX_ATTRIBUTES = 32;

const attributes = z
  .record(
    // What begins so belongs to LiveKit and its agents.
    z
      .string({ error: 'must be text by name' })
      .check(
        z.regex(/^(?!lk\.)[^\p{Cc}\p{Cs}]{1,64}$/u, { error: 'must be text by name, none of them lk.…' }),
      ),
    characters(0, 512, 'text by name'),
    { error: 'must be an object of texts by name' },
  )
  .check(
    z.refine((value) => Object.keys(value).length <= MAX_ATTRIBUTES, {
      error: `must be at most ${MAX_ATTRIBUTES} texts by name`,
    }),
  );

/**
 * livekit-client's `TokenSource.endpoint`: a `TokenSourceRequest` in JSON, by its field names.
 * https://docs.livekit.io/frontends/authentication/tokens/endpoint/
 *
 * `room_config` would let the caller start agents and recordings: it is refused, not ignored.
 */
export const TokenRequest = z.strictObject(
  {
    room_name: roomName,
    participant_identity: z.optional(identity),
    participant_name: z.optional(personName(200)),
    participant_metadata: z.optional(characters(0, 4096, 'metadata')),
    participant_attributes: z.optional(attributes),
    room_config: z.optional(
      z.undefined({ error: 'must be left out: agents and recordings are not for callers to choose' }),
    ),
  },
  {
    error: (issue) =>
      `must be without ${(issue['keys'] as string[] | undefined)?.slice(0, 3).join(', ')}, of which nothing is known here`,
  },
);

/** A `TokenSourceResponse` in JSON. */
export interface TokenResponse {
  readonly server_url: string;
  readonly participant_token: string;
}
