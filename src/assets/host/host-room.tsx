/** The host's call: the stage, with the waiting room beside it or in a sheet. */
import { useState } from 'preact/hooks';
import type { OwnMedia } from '../devices/own-media';
import { Button } from '../parts/button';
import { Dialog } from '../parts/dialog';
import { Notice } from '../parts/notice';
import { Control } from '../room/controls';
import type { RoomSession } from '../room/session';
import { Stage } from '../room/stage';
import { spacedNumber, text } from '../texts/text';
import { useWide } from '../view/wide';
import type { Host } from './host';
import { HostSide } from './host-side';
import { decisionsOn } from './waiting-list';

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
        side={isShown && isWide ? <aside class="side">{side}</aside> : undefined}
      />
      {isShown && !isWide && (
        <Dialog sheet title={text('controls.people')} onClose={() => setOpen(false)}>
          {side}
        </Dialog>
      )}
    </>
  );
}

/** Somebody asks to be let in while the list is out of sight. */
function Knocks({ host, onShow }: { readonly host: Host; readonly onShow: () => void }) {
  const [first, ...more] = host.waiting.value;
  if (!first) return null;
  if (more.length > 0) {
    return (
      <Notice
        actions={
          <Button kind="primary" class="button-small" onClick={onShow}>
            {text('knock.show')}
          </Button>
        }
      >
        {text('knock.many', { count: more.length + 1 })}
      </Notice>
    );
  }
  const { busy, admit, deny } = decisionsOn(host, first);
  const name = first.name || text('name.guest');
  return (
    <Notice
      actions={
        <>
          <Button kind="primary" class="button-small" busy={busy} onClick={admit}>
            {text('list.admit')}
          </Button>
          <Button class="button-small" busy={busy} onClick={deny}>
            {text('list.deny')}
          </Button>
        </>
      }
    >
      {text('knock.one', { name })}
    </Notice>
  );
}
