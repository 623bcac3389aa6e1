/** How the host is told that somebody waits: by sound, again when it takes long, by the device. */
import { Check } from '../parts/check';
import { Icon } from '../parts/icon';
import { text } from '../texts/text';
import { alerts, setAlerts } from './alerts';
import { isKnockHeard, setKnockHeard } from './knock-sound';
import { isReminded, setReminded } from './reminder';

export function KnockSwitch() {
  const isHeard = isKnockHeard.value;
  const name = text(isHeard ? 'list.soundOff' : 'list.soundOn');
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={name}
      title={name}
      onClick={() => setKnockHeard(!isHeard)}
    >
      <Icon name={isHeard ? 'sound' : 'soundOff'} />
    </button>
  );
}

export function HowToBeTold() {
  return (
    <details class="how-told">
      <summary class="small">{text('list.settings')}</summary>
      <Check
        label={text('list.remindOn')}
        isOn={isReminded.value && isKnockHeard.value}
        isDisabled={!isKnockHeard.value}
        onChange={setReminded}
      />
      {alerts.value !== 'unable' && (
        <Check
          label={text('list.alerts')}
          hint={alerts.value === 'blocked' ? text('list.alertsBlocked') : undefined}
          isOn={alerts.value === 'on'}
          isDisabled={alerts.value === 'blocked'}
          onChange={(wanted) => void setAlerts(wanted)}
        />
      )}
    </details>
  );
}
