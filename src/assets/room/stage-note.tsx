/** Over the tiles, as long as it is so: what one does, and the button to stop it. */
import { Icon, type IconName } from '../parts/icon';

export interface StageNoteProps {
  readonly icon: IconName;
  readonly words: string;
  readonly stop: string;
  /** What the button is called, where that is more than is written on it. */
  readonly stopName?: string;
  readonly onStop: () => void;
}

export const StageNote = ({ icon, words, stop, stopName, onStop }: StageNoteProps) => (
  <div class="stage-note small" role="group" aria-label={words}>
    <Icon name={icon} size={18} />
    <span>{words}</span>
    <button type="button" class="stage-note-stop" aria-label={stopName} onClick={onStop}>
      {stop}
    </button>
  </div>
);
