/** Who waits, since when, and the host's decision. */
import { useEffect, useState } from 'preact/hooks';
import type { GuestEntry } from '../../api/meetings';
import { Button } from '../parts/button';
import { Field } from '../parts/field';
import { PeopleList } from '../parts/list';
import { Notice } from '../parts/notice';
import { text } from '../texts/text';
import type { Host } from './host';
import { HostTrouble } from './host-trouble';
import { HowToBeTold, KnockSwitch } from './how-to-be-told';
import { DeniedGuest, decisionsOn, WaitingGuest } from './waiting-guest';
import { WriteMessage } from './write-message';

const MINUTE_MS = 60_000;
/** Nobody looks through more; whoever is not among them is found by name. */
const MOST_SHOWN = 50;
/** From so many on it is quicker to type a name. */
const FIND_FROM = 9;

export function WaitingList({ host, isAuto }: { readonly host: Host; readonly isAuto: boolean }) {
  const waiting = host.waiting.value;
  const denied = host.guests.value.filter(({ state }) => state === 'denied');
  /** undefined: nobody; `all`, or one of them. */
  const [writing, setWriting] = useState<'all' | GuestEntry>();
  useMinutes();
  const emptyWords = isAuto ? 'list.auto' : 'list.empty';
  return (
    <section class="stack waiting-list" aria-label={text('list.title')}>
      <div class="side-head">
        <h2>
          {text('list.title')}
          {waiting.length > 0 && <span class="count">{waiting.length}</span>}
        </h2>
        <KnockSwitch />
        <HowToBeTold />
      </div>
      {host.connection.value === 'lost' && <Notice kind="warning">{text('list.lost')}</Notice>}
      <HostTrouble host={host} />
      {/* One line, whatever it is: whoever comes moves nothing. */}
      <div class="for-all">
        {waiting.length > 1 ? (
          <ForAll host={host} waiting={waiting} onWrite={() => setWriting('all')} />
        ) : (
          <p key={Math.min(waiting.length, 1)} class="soft">
            {waiting.length === 0 ? text(emptyWords) : text('knock.waiting', { count: 1 })}
          </p>
        )}
      </div>
      {waiting.length > 0 && <Found host={host} waiting={waiting} onWrite={setWriting} />}
      {denied.length > 0 && <Denied host={host} denied={denied} />}
      {writing && (
        <WriteMessage
          host={host}
          guest={writing === 'all' ? undefined : writing}
          onClose={() => setWriting(undefined)}
        />
      )}
    </section>
  );
}

interface WaitingProps {
  readonly host: Host;
  /** First come first. */
  readonly waiting: readonly GuestEntry[];
}

function ForAll({ host, waiting, onWrite }: WaitingProps & { readonly onWrite: () => void }) {
  // Whoever may be away keeps the place, and holds up nobody.
  const next = waiting.find(({ away_since }) => away_since === undefined) ?? waiting[0];
  const { busy, admit } = next ? decisionsOn(host, next) : {};
  return (
    <>
      <Button kind="primary" class="button-small" busy={busy} onClick={admit ?? (() => undefined)}>
        {text('list.next')}
      </Button>
      <Button
        class="button-small"
        busy={host.deciding.value.has('all')}
        onClick={() => void host.decide('admit', { all: true })}
      >
        {text('list.admitAll')}
      </Button>
      <Button class="button-small" onClick={onWrite}>
        {text('list.messageAll')}
      </Button>
    </>
  );
}

function Found({ host, waiting, onWrite }: WaitingProps & { readonly onWrite: (guest: GuestEntry) => void }) {
  const [wanted, setWanted] = useState('');
  const isMany = waiting.length >= FIND_FROM;
  const sought = isMany ? wanted.trim().toLocaleLowerCase() : '';
  const found = waiting.filter(({ name }) => name.toLocaleLowerCase().includes(sought));
  const more = found.length - MOST_SHOWN;
  return (
    <>
      {isMany && (
        <Field
          label={text('list.find')}
          value={wanted}
          onText={setWanted}
          autoComplete="off"
          maxLength={80}
        />
      )}
      {found.length === 0 ? (
        <p class="soft">{text('list.nobodyFound')}</p>
      ) : (
        <PeopleList label={text('list.title')}>
          {found.slice(0, MOST_SHOWN).map((guest) => (
            <WaitingGuest key={guest.guest_id} host={host} guest={guest} onWrite={onWrite} />
          ))}
        </PeopleList>
      )}
      {more > 0 && <p class="soft">{text('list.more', { count: more })}</p>}
    </>
  );
}

function Denied({ host, denied }: { readonly host: Host; readonly denied: readonly GuestEntry[] }) {
  return (
    <details class="denied">
      <summary>{text('list.denied', { count: denied.length })}</summary>
      <PeopleList label={text('list.deniedTitle')}>
        {denied.map((guest) => (
          <DeniedGuest key={guest.guest_id} host={host} guest={guest} />
        ))}
      </PeopleList>
    </details>
  );
}

/** Draws anew every half minute: waiting gets longer. */
function useMinutes(): void {
  const [, setTick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setTick((tick) => tick + 1), MINUTE_MS / 2);
    return () => clearInterval(timer);
  }, []);
}
