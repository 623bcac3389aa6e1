/** Says that one shows one's own screen, which is not shown again here: it would show itself for ever. */
import { text } from '../texts/text';
import type { RoomSession } from './session';
import { StageNote } from './stage-note';

export function SharingNote({ session }: { readonly session: RoomSession }) {
  if (!session.screen.value) return null;
  return (
    <StageNote
      icon="screen"
      words={text('sharing.now')}
      stop={text('sharing.stop')}
      onStop={() => session.stopSharing()}
    />
  );
}
