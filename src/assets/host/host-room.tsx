/** The host's call: the stage, with the waiting room at its side. */
import type { OwnMedia } from '../devices/own-media';
import { Button } from '../parts/button';
import { peoplePanel } from '../room/people-panel';
import type { RoomSession } from '../room/session';
import { StageLater } from '../room/stage-later';
import { spacedNumber, text } from '../texts/text';
import type { Host } from './host';
import { HostSide } from './host-side';
import { HostTrouble } from './host-trouble';
import { Knocks } from './knocks';

interface HostRoomProps {
  readonly host: Host;
  readonly media: OwnMedia;
  readonly session: RoomSession;
  readonly isAuto: boolean;
}

export function HostRoom({ host, media, session, isAuto }: HostRoomProps) {
  const close = (
    <Button class="button-small" onClick={host.putTroubleAway}>
      {text('dialog.close')}
    </Button>
  );
  const people = peoplePanel(
    <HostSide host={host} session={session} isAuto={isAuto} />,
    host.waiting.value.length,
    (show) => (
      <>
        <Knocks host={host} onShow={show} />
        <HostTrouble host={host} actions={close} />
      </>
    ),
  );
  return (
    <StageLater
      session={session}
      media={media}
      title={text('room.title', { number: spacedNumber(host.meetingId) })}
      onLeave={host.leave}
      panels={[people]}
    />
  );
}
