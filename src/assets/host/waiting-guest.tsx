/** One who waits, or was not let in, and what the host can do about it. */
import type { GuestEntry } from '../../api/meetings';
import { Button } from '../parts/button';
import { Icon } from '../parts/icon';
import { Person } from '../parts/list';
import { text, timeOfDay } from '../texts/text';
import type { Host } from './host';

const MINUTE_MS = 60_000;

interface GuestProps {
  readonly host: Host;
  readonly guest: GuestEntry;
}

export const nameOf = ({ name }: GuestEntry): string => name || text('name.guest');

export function WaitingGuest({
  host,
  guest,
  onWrite,
}: GuestProps & { readonly onWrite: (guest: GuestEntry) => void }) {
  const name = nameOf(guest);
  const { busy, admit, deny } = decisionsOn(host, guest);
  const write = text('list.messageName', { name });
  return (
    <Person name={name} note={noteOn(guest)} isAway={guest.away_since !== undefined}>
      <Button
        kind="primary"
        class="button-small"
        aria-label={text('list.admitName', { name })}
        busy={busy}
        onClick={admit}
      >
        {text('list.admit')}
      </Button>
      <Button class="button-small" aria-label={text('list.denyName', { name })} busy={busy} onClick={deny}>
        {text('list.deny')}
      </Button>
      <button
        type="button"
        class="icon-button"
        aria-label={write}
        title={write}
        onClick={() => onWrite(guest)}
      >
        <Icon name="chat" />
      </button>
    </Person>
  );
}

export function DeniedGuest({ host, guest }: GuestProps) {
  const name = nameOf(guest);
  const { busy, admit } = decisionsOn(host, guest);
  return (
    <Person name={name}>
      <Button class="button-small" aria-label={text('list.admitName', { name })} busy={busy} onClick={admit}>
        {text('list.admitAfterAll')}
      </Button>
    </Person>
  );
}

export function decisionsOn(host: Host, { guest_id }: GuestEntry) {
  return {
    busy: host.deciding.value.has(guest_id) || host.deciding.value.has('all'),
    admit: () => void host.decide('admit', { guest_id }),
    deny: () => void host.decide('deny', { guest_id }),
  };
}

/** One line, whichever it is: who goes and comes back moves nobody. */
function noteOn({ entered_at, away_since }: GuestEntry): string {
  if (away_since !== undefined) return text('list.away', { time: timeOfDay(new Date(away_since)) });
  const entered = new Date(entered_at);
  const minutes = Math.floor((Date.now() - entered.getTime()) / MINUTE_MS);
  const time = timeOfDay(entered);
  return minutes < 1 ? text('list.justNow', { time }) : text('list.since', { time, count: minutes });
}
