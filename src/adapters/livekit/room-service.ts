/**
 * LiveKit's RoomService by Twirp JSON over our transport; the SDK's own client cannot be given one, and waits
 * ten seconds for an answer, which is longer than a function lives.
 * https://docs.livekit.io/reference/other/roomservice-api/ and https://twitchtv.github.io/twirp/docs/spec_v7.html
 */
import type { VideoGrant } from 'livekit-server-sdk';
import type { Clock } from '../../ports/clock';
import { jsonObject } from '../../upstream/json-object';
import type { Upstream } from '../../upstream/upstream';
import { accessToken, type LiveKitKey } from './access-token';

export interface RoomServiceSettings extends LiveKitKey {
  /** `https://…`, without a slash at the end. */
  readonly apiUrl: string;
}

/** Seconds; a call is over within ten, and the server forgives a minute of difference between the clocks. */
const CALL_TOKEN_TTL = 60;

/** The server's refusal. Its own words are not kept: to a wrong token it answers with that token. */
class LiveKitError extends Error {
  override readonly name = 'LiveKitError';
  constructor(
    method: string,
    readonly status: number,
    /** Twirp's code; undefined when something else answered. */
    readonly code: string | undefined,
  ) {
    super(`LiveKit ${method}: status ${status}${code === undefined ? '' : `, ${code}`}`);
  }
}

/** What we read of an answer; the server leaves no field out and sends 64-bit numbers as text. */
interface Answers {
  readonly CreateRoom: RoomInfo;
  readonly ListRooms: { readonly rooms: readonly RoomInfo[] };
  readonly DeleteRoom: object;
  readonly ListParticipants: { readonly participants: readonly ParticipantInfo[] };
  readonly RemoveParticipant: object;
}

interface RoomInfo {
  readonly name: string;
  readonly metadata: string;
}

export interface ParticipantInfo {
  readonly sid: string;
  readonly identity: string;
  readonly name: string;
  readonly state: 'JOINING' | 'JOINED' | 'ACTIVE' | 'DISCONNECTED';
  /** Seconds since epoch. */
  readonly joined_at: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export class RoomService {
  constructor(
    private readonly settings: RoomServiceSettings,
    private readonly upstream: Upstream,
    private readonly clock: Clock,
  ) {}

  /**
   * @param grant what the call needs, and nothing else
   * @throws LiveKitError for a refusal; FoyerError `try-again`. Cost: 1 call.
   */
  async call<M extends keyof Answers>(method: M, grant: VideoGrant, request: object): Promise<Answers[M]> {
    const token = accessToken(this.settings, { ttl: CALL_TOKEN_TTL, video: grant }, this.clock.now());
    const { status, body } = await this.upstream.request({
      method: 'POST',
      url: `${this.settings.apiUrl}/twirp/livekit.RoomService/${method}`,
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
      body: JSON.stringify(request),
    });
    const answer = jsonObject(body);
    if (status === 200 && answer !== undefined) return answer as Answers[M];
    const code = answer?.['code'];
    throw new LiveKitError(method, status, typeof code === 'string' ? code : undefined);
  }
}

/**
 * The outcome of `call`, or undefined when the server says that there is no such thing. A 404 alone does not
 * say so: a wrong address answers it too. Any other refusal is thrown.
 */
export async function foundOrUndefined<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof LiveKitError && error.code === 'not_found') return undefined;
    throw error;
  }
}
