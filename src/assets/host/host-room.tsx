/** The host's call: the stage, with the waiting room beside it or in a sheet. */
import { useState } from 'preact/hooks';
import type { OwnMedia } from '../devices/own-media';
import { Dialog } from '../parts/dialog';
import { Control } from '../room/controls';
import type { RoomSession } from '../room/session';
import { Stage } from '../room/stage';
import { spacedNumber, text } from '../texts/text';
import { useWide } from '../view/wide';
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
  const isWide = useWide();
  // Beside the call there is room for it from the start; over the call it waits until it is wanted.
  const [isOpen, setOpen] = useState<boolean>();
  const isShown = isOpen ?? isWide;
  const waiting = host.waiting.value.length;
  const side = <HostSide host={host} session={session} isAuto={isAuto} />;
  return (
    <>
      <Stage
        session={session}
        media={media}
        title={text('room.title', { number: spacedNumber(host.meetingId) })}
        onLeave={host.leave}
        notices={!isShown && <Knocks host={host} onShow={() => setOpen(true)} />}
        controls={
          <Control
            icon="people"
            label={text('controls.people')}
            name={
              waiting > 0
                ? text('controls.peopleWaiting', { count: waiting })
                : text(isShown ? 'controls.hidePeople' : 'controls.showPeople')
            }
            look={isShown ? 'active' : undefined}
            badge={waiting}
            onClick={() => setOpen(!isShown)}
          />
        }
        side={
          isShown && isWide ? (
            <aside class="side" aria-label={text('controls.people')}>
              {side}
            </aside>
          ) : undefined
        }
      />
      {isShown && !isWide && (
        <Dialog sheet title={text('controls.people')} onClose={() => setOpen(false)}>
          {side}
        </Dialog>
      )}
    </>
  );
}
