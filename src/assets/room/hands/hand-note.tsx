/** Says that one's own hand is up, so that nobody forgets it there. */
import { text } from '../../texts/text';
import type { RoomSession } from '../session';
import { StageNote } from '../stage-note';

export function HandNote({ session: { hands } }: { readonly session: RoomSession }) {
  if (!hands.isMineUp.value) return null;
  return (
    <StageNote
      icon="hand"
      words={text('hand.mine')}
      stop={text('hand.lowerShort')}
      stopName={text('hand.lower')}
      onStop={() => hands.raise(false)}
    />
  );
}
