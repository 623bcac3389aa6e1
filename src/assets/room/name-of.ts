/** What somebody in a room is called. */
import type { Participant } from '../media/media';
import { text } from '../texts/text';

export const nameOf = ({ name, isHost }: Pick<Participant, 'name' | 'isHost'>): string =>
  name || text(isHost ? 'name.host' : 'name.guest');
