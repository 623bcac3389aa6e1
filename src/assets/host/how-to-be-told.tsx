/** How the host is told that somebody waits: by sound, again when it takes long, by the device. */
import { useState } from 'preact/hooks';
import { Check } from '../parts/check';
import { Dialog } from '../parts/dialog';
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
  const [isOpen, setOpen] = useState(false);
  const name = text('list.settings');
  return (
    <>
      <button type="button" class="icon-button" aria-label={name} title={name} onClick={() => setOpen(true)}>
        <Icon name="settings" />
      </button>
      {isOpen && (
        <Dialog title={name} onClose={() => setOpen(false)}>
          <Checks />
        </Dialog>
      )}
    </>
  );
}

function Checks() {
  // Where nothing came of a tick, what is shown has not changed, but for the box itself.
  const [, draw] = useState({});
  const isHeard = isKnockHeard.value;
  return (
    <div>
      <Check label={text('list.sound')} isOn={isHeard} onChange={setKnockHeard} />
      <Check
        label={text('list.remindOn')}
        isOn={isReminded.value && isHeard}
        isDisabled={!isHeard}
        onChange={setReminded}
      />
      {alerts.value !== 'unable' && (
        <Check
          label={text('list.alerts')}
          hint={alerts.value === 'blocked' ? text('list.alertsBlocked') : undefined}
          isOn={alerts.value === 'on'}
          isDisabled={alerts.value === 'blocked'}
          onChange={(wanted) => void setAlerts(wanted).then(() => draw({}))}
        />
      )}
    </div>
  );
}
