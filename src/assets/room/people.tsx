/** Who is in the room, oneself first, each with what can be done about them. */
import type { ComponentChildren } from 'preact';
import type { Participant } from '../media/media';
import { PeopleList, Person } from '../parts/list';
import { text, type TextKey } from '../texts/text';
import { nameOf } from './name-of';
import type { RoomSession } from './session';

const stateOf = ({ isMuted, isReconnecting }: Participant): TextKey =>
  isReconnecting ? 'tile.reconnecting' : isMuted ? 'tile.muted' : 'tile.unmuted';

export interface PeopleProps {
  readonly session: RoomSession;
  /** One's own name. */
  readonly self: string;
  /** Buttons beside somebody else. */
  readonly actions?: (one: Participant) => ComponentChildren;
  readonly children?: ComponentChildren;
}

export function People({ session, self, actions, children }: PeopleProps) {
  const others = session.participants.value;
  const { up, isMineUp } = session.hands;
  return (
    // Focusable, so that keys scroll it.
    <section class="stack" aria-label={text('room.people')} tabIndex={0}>
      <h2>
        {text('room.people')}
        <span class="count">{others.length + 1}</span>
      </h2>
      <PeopleList label={text('room.people')}>
        <Person
          name={self}
          note={text(isMineUp.value ? 'hand.up' : 'room.you')}
          quality={session.quality.value}
        />
        {others.map((one) => (
          <Person
            key={one.id}
            name={nameOf(one)}
            note={text(up.value.includes(one.id) ? 'hand.up' : stateOf(one))}
            quality={one.quality}
          >
            {actions?.(one)}
          </Person>
        ))}
      </PeopleList>
      {children}
    </section>
  );
}
