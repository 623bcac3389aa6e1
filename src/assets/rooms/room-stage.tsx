/** In a room: the stage, with everybody and the invitation at its side. */
import { computed } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { InviteButton } from '../parts/invite';
import { People } from '../room/people';
import { peoplePanel } from '../room/people-panel';
import type { RoomSession } from '../room/session';
import { StageLater } from '../room/stage-later';
import { text } from '../texts/text';
import { linkTo } from './place';
import type { InRoomProps } from './stay-view';

export function RoomStage({ stay, media, title, onLeave, session }: InRoomProps & { session: RoomSession }) {
  const named = useMemo(() => withNames(session), [session]);
  const people = peoplePanel(
    <>
      <People session={named} self={named.self.name} />
      <div class="side-foot">
        <InviteButton class="button-wide" link={linkTo(stay.roomId, title)} />
      </div>
    </>,
  );
  return (
    <StageLater
      session={named}
      media={media}
      title={title}
      onLeave={onLeave}
      leave={leaveRoom()}
      panels={[people]}
    />
  );
}

const leaveRoom = () => ({ label: text('controls.leave'), name: text('stay.leave') });

/** Nobody is a nameless guest here: who has no name has an id. */
const withNames = (session: RoomSession): RoomSession => ({
  ...session,
  self: { ...session.self, name: session.self.name || session.self.id },
  participants: computed(() =>
    session.participants.value.map((one) => ({ ...one, name: one.name || one.id })),
  ),
});
