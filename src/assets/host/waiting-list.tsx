/** Who waits, since when, and the host's decision. */
import { useEffect, useState } from 'preact/hooks';
import type { GuestEntry } from '../../api/meetings';
import { Button } from '../parts/button';
import { Icon } from '../parts/icon';
import { PeopleList, Person } from '../parts/list';
import { Notice } from '../parts/notice';
import { text, timeOfDay } from '../texts/text';
import { troubleWords } from '../texts/trouble';
import type { Host } from './host';
import { isKnockHeard, setKnockHeard } from './knock-sound';

const MINUTE_MS = 60_000;

export function WaitingList({ host, isAuto }: { readonly host: Host; readonly isAuto: boolean }) {
  const waiting = host.waiting.value;
  const denied = host.guests.value.filter(({ state }) => state === 'denied');
  useMinutes();
  return (
    <section class="stack waiting-list" aria-label={text('list.title')}>
      <div class="side-head">
        <h2>
          {text('list.title')}
          {waiting.length > 0 && <span class="count">{waiting.length}</span>}
        </h2>
        {waiting.length > 1 && (
          <Button
            kind="primary"
            class="button-small"
            busy={host.deciding.value.has('all')}
            onClick={() => void host.decide('admit', { all: true })}
          >
            {text('list.admitAll')}
          </Button>
        )}
        <KnockSwitch />
      </div>
      {host.connection.value === 'lost' && <Notice kind="warning">{text('list.lost')}</Notice>}
      {host.trouble.value && <Notice kind="danger">{troubleWords(host.trouble.value)}</Notice>}
      {waiting.length === 0 ? (
        <p class="soft">{text(isAuto ? 'list.auto' : 'list.empty')}</p>
      ) : (
        <PeopleList label={text('list.title')}>
          {waiting.map((guest) => (
            <WaitingGuest key={guest.guest_id} host={host} guest={guest} />
          ))}
        </PeopleList>
      )}
      {denied.length > 0 && <Denied host={host} denied={denied} />}
    </section>
  );
}

function KnockSwitch() {
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

interface DecisionProps {
  readonly host: Host;
  readonly guest: GuestEntry;
}

function WaitingGuest({ host, guest }: DecisionProps) {
  const name = guest.name || text('name.guest');
  const { busy, admit, deny } = decisionsOn(host, guest);
  return (
    <Person name={name} note={since(guest)}>
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

function Denied({ host, denied }: { readonly host: Host; readonly denied: readonly GuestEntry[] }) {
  return (
    <details class="denied">
      <summary>{text('list.denied', { count: denied.length })}</summary>
      <PeopleList label={text('list.deniedTitle')}>
        {denied.map((guest) => {
          const name = guest.name || text('name.guest');
          const { busy, admit } = decisionsOn(host, guest);
          return (
            <Person key={guest.guest_id} name={name}>
              <Button
                class="button-small"
                aria-label={text('list.admitName', { name })}
                busy={busy}
                onClick={admit}
              >
                {text('list.admitAfterAll')}
              </Button>
            </Person>
          );
        })}
      </PeopleList>
    </details>
  );
}

function since({ entered_at }: GuestEntry): string {
  const entered = new Date(entered_at);
  const minutes = Math.floor((Date.now() - entered.getTime()) / MINUTE_MS);
  const time = timeOfDay(entered);
  if (minutes < 1) return text('list.justNow', { time });
  return text('list.since', { time, count: minutes });
}

/** Draws anew every half minute: waiting gets longer. */
function useMinutes(): void {
  const [, setTick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setTick((tick) => tick + 1), MINUTE_MS / 2);
    return () => clearInterval(timer);
  }, []);
}
