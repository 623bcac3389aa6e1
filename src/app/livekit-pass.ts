/** What somebody needs to connect to a LiveKit room. */
import type { Bearer, JoinPass, RoomOptions } from '../ports/media-server';
import type { LiveKitService } from '../ports/services';
import { JOIN_TOKEN_SECONDS } from './join-token';

export interface LiveKitPass extends JoinPass {
  /** Where LiveKit's SDK connects to: `wss://…`. */
  readonly url: string;
}

/** Cost: none. */
export async function passOf(
  { media, url }: LiveKitService,
  roomId: string,
  bearer: Bearer,
  { maxParticipants }: Pick<RoomOptions, 'maxParticipants'>,
): Promise<LiveKitPass> {
  const pass = await media.joinPass(roomId, bearer, JOIN_TOKEN_SECONDS, { maxParticipants });
  return { ...pass, url };
}
