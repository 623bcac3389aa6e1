import { together } from '../domain/in-parallel';
import { notePresence } from './note-presence';
import { noteUserPresence } from './note-user-presence';
import type { ChannelPresenceServices } from './services';

/**
 * The push channel says that somebody's browser connected or went away: a guest's, or a user's device.
 * Cost: what that of the one whose it is costs, see {@link notePresence} and {@link noteUserPresence}.
 */
export async function noteChannelPresence(
  { waiting, calling }: ChannelPresenceServices,
  news: { readonly identity: string; readonly connected: boolean },
): Promise<void> {
  await together([notePresence(waiting, news), noteUserPresence(calling, news)]);
}
