/**
 * Present in a room whose picture and sound are in a program of the provider's own: who is there, and who comes and
 * goes, as it happens.
 */
import { useEffect, useRef } from 'preact/hooks';
import { Button } from '../parts/button';
import { InviteButton } from '../parts/invite';
import { PeopleList, Person } from '../parts/list';
import { Notice } from '../parts/notice';
import { text } from '../texts/text';
import { announce } from '../view/announce';
import { Headline } from '../view/headline';
import { linkTo } from './place';
import type { InRoomProps } from './stay-view';
import { nameIn } from './user-id';

export function Beside({ stay, hall, title, onLeave }: InRoomProps) {
  const self = stay.userId();
  const { line } = hall;
  const present = line.present.value.get(stay.roomId);
  const others = present?.filter((one) => one !== self) ?? [];
  const state = line.state.value === 'live' && !present?.includes(self) ? 'connecting' : line.state.value;
  useComingsAndGoings(present && others);
  useEffect(() => announce(text(`stay.${state}`), state === 'lost'), [state]);
  return (
    <div class="stack single card beside">
      <Headline>{title}</Headline>
      <div class="own-line" role="group" aria-label={text('line.title')} data-state={state}>
        <p key={state}>{text(`stay.${state}`)}</p>
      </div>
      <Notice>{text('stay.beside')}</Notice>
      <section class="stack beside-people" aria-labelledby="beside-heading">
        <h2 id="beside-heading">
          {text('stay.people')}
          <span class="count">{others.length + 1}</span>
        </h2>
        {/* Of a fixed height: whoever comes moves nothing else. Focusable, so that keys scroll it. */}
        <div class="people-scroll" tabIndex={0} role="region" aria-label={text('stay.people')}>
          <PeopleList label={text('stay.people')}>
            <Person name={nameIn(self)} note={text('room.you')} />
            {others.map((one) => (
              <Person key={one} name={nameIn(one)} />
            ))}
          </PeopleList>
        </div>
      </section>
      <div class="row">
        <Button kind="danger" icon="door" onClick={onLeave}>
          {text('stay.leave')}
        </Button>
        <InviteButton link={linkTo(stay.roomId, title)} />
      </div>
    </div>
  );
}

/** Says who comes and goes. @param others undefined while nobody knows */
function useComingsAndGoings(others: readonly string[] | undefined): void {
  const known = useRef<ReadonlySet<string> | undefined>(undefined);
  const key = others?.join('\n');
  useEffect(() => {
    const before = known.current;
    if (!others) return;
    const now = new Set(others);
    known.current = now;
    if (!before) return;
    const words = [
      ...[...now].filter((id) => !before.has(id)).map((id) => text('room.came', { name: nameIn(id) })),
      ...[...before].filter((id) => !now.has(id)).map((id) => text('room.went', { name: nameIn(id) })),
    ];
    if (words.length > 0) announce(words.join(' '));
  }, [key]);
}
