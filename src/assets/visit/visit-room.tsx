/** A visitor's call: the stage, with everybody and the invitation at its side. */
import { useState } from 'preact/hooks';
import type { OwnMedia } from '../devices/own-media';
import { Button } from '../parts/button';
import { Dialog } from '../parts/dialog';
import { Invite } from '../parts/invite';
import { People } from '../room/people';
import type { RoomSession } from '../room/session';
import { StageWithSide } from '../room/stage-with-side';
import { text } from '../texts/text';
import type { Visit } from './visit';

interface VisitRoomProps {
  readonly visit: Visit;
  readonly media: OwnMedia;
  readonly session: RoomSession;
}

export function VisitRoom({ visit, media, session }: VisitRoomProps) {
  const [isInviting, setInviting] = useState(false);
  return (
    <StageWithSide
      session={session}
      media={media}
      title={text('visit.title', { id: visit.meetingId })}
      onLeave={visit.leave}
    >
      <People session={session} self={session.self.name} />
      <div class="side-foot">
        <Button class="button-wide" icon="invite" onClick={() => setInviting(true)}>
          {text('visit.inviteTitle')}
        </Button>
      </div>
      {isInviting && (
        <Dialog title={text('visit.inviteTitle')} onClose={() => setInviting(false)}>
          <Invite link={location.href} words={text('visit.invite')} />
        </Dialog>
      )}
    </StageWithSide>
  );
}
