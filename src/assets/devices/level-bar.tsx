/** A bar that moves with one's voice, or in words why it does not. */
import { Icon } from '../parts/icon';
import { text } from '../texts/text';
import { useLevel } from './level';
import type { OwnDevice } from './own-device';
import { troubleWith } from './trouble';

export interface LevelProps {
  readonly device: OwnDevice;
  /** What is wrong with it has been said elsewhere. */
  readonly isSaid: boolean;
  readonly heard?: (level: number) => void;
}

export function Level({ device, isSaid, heard }: LevelProps) {
  const isOn = device.isOn.value;
  const ref = useLevel(isOn ? device.track.value : undefined, heard);
  return (
    <div class="level">
      <Icon name={isOn ? 'microphone' : 'microphoneOff'} size={20} />
      <div class="level-bar" ref={ref} aria-hidden="true" />
      <span class="small soft" role="status">
        {(!isSaid && troubleWith(device)) || text(isOn ? 'level.speak' : 'level.muted')}
      </span>
    </div>
  );
}
