/** The host's call: the stage, with the waiting room at its side. */
import type { OwnMedia } from '../devices/own-media';
import type { RoomSession } from '../room/session';
import { StageWithSide } from '../room/stage-with-side';
import { spacedNumber, text } from '../texts/text';
import type { Host } from './host';
import { HostSide } from './host-side';
import { Knocks } from './knocks';

interface HostRoomProps {
  readonly host: Host;
  readonly media: OwnMedia;
  readonly session: RoomSession;
  readonly isAuto: boolean;
}

export function HostRoom({ host, media, session, isAuto }: HostRoomProps) {
  return (
    <StageWithSide
      session={session}
      media={media}
      title={text('room.title', { number: spacedNumber(host.meetingId) })}
      onLeave={host.leave}
      waiting={host.waiting.value.length}
      news={(show) => <Knocks host={host} onShow={show} />}
    >
      <HostSide host={host} session={session} isAuto={isAuto} />
    </StageWithSide>
  );
}
