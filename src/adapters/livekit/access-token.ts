/**
 * Access tokens for LiveKit: a JWT signed by an API key (HS256, RFC 7515), for browsers and for our own calls.
 * https://docs.livekit.io/home/get-started/authentication/
 *
 * Written here because the SDK's class is 9 ms of a cold start, bundled, against less than 1; it also turns
 * a `ttl` of 0 into six hours, and signs a right to join without naming a room.
 */
import type { ClaimGrants, VideoGrant } from 'livekit-server-sdk';
import { signJwt } from '../../domain/jwt';

export interface LiveKitKey {
  readonly apiKey: string;
  readonly apiSecret: string;
}

export interface AccessTokenOptions extends Pick<ClaimGrants, 'name' | 'metadata' | 'attributes'> {
  /** Who joins; nobody, for a call of our own. */
  readonly identity?: string;
  /** Seconds, more than 0. */
  readonly ttl: number;
  readonly video: VideoGrant;
  /** What a room is made like that the bearer brings to life by joining it. */
  readonly roomConfig?: Readonly<Record<string, unknown>>;
}

/**
 * There is no `nbf`: a token is for now, and a server whose clock is a little behind ours would refuse it.
 * @param now ms since epoch
 * @returns the token as text
 */
export function accessToken(
  { apiKey, apiSecret }: LiveKitKey,
  { identity, ttl, ...claims }: AccessTokenOptions,
  now: number,
): string {
  const payload = {
    iss: apiKey,
    ...(identity === undefined ? {} : { sub: identity }),
    exp: Math.floor(now / 1000) + ttl,
    ...claims,
  };
  return signJwt(payload, apiSecret);
}
