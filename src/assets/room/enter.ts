/** The way into a room. What a call is made of is fetched when somebody enters one, and not before. */
import type { OwnMedia } from '../devices/own-media';
import type { Departure } from '../media/departure';
import { loadProvider } from '../media/load';
import { JoinFailure } from '../media/media';
import type { RoomPass, RoomSession } from './session';
import { fetchStage } from './stage-later';

/**
 * @param over told once, when the call has ended other than by `leave`
 * @throws JoinFailure also when the code does not come through
 */
export async function enterRoom(
  pass: RoomPass,
  media: OwnMedia,
  over: (why: Departure) => void,
): Promise<RoomSession> {
  const provider = loadProvider(pass.provider);
  const fetched = Promise.all([import('./session'), fetchStage()]).catch(() => {
    throw new JoinFailure('lost');
  });
  // Whichever of them fails first says why.
  const [, [session]] = await Promise.all([provider, fetched]);
  return session.enterRoom(pass, media, over);
}
