/** A visitor's call: the stage, with everybody and the invitation at its side. */
import type { OwnMedia } from '../devices/own-media';
import { InviteButton } from '../parts/invite';
import { People } from '../room/people';
import { peoplePanel } from '../room/people-panel';
import type { RoomSession } from '../room/session';
import { StageLater } from '../room/stage-later';
import { text } from '../texts/text';
import type { Visit } from './visit';

interface VisitRoomProps {
  readonly visit: Visit;
  readonly media: OwnMedia;
  readonly session: RoomSession;
}

export function VisitRoom({ visit, media, session }: VisitRoomProps) {
  const people = peoplePanel(
    <>
      <People session={session} self={session.self.name} />
      <div class="side-foot">
        <InviteButton class="button-wide" link={location.href} />
      </div>
    </>,
  );
  return (
    <StageLater
      session={session}
      media={media}
      title={text('visit.title', { id: visit.meetingId })}
      onLeave={visit.leave}
      panels={[people]}
    />
  );
}
