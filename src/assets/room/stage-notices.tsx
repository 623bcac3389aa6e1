/** What is to be said over the tiles, so that nothing jumps when it comes and goes. */
import type { ComponentChildren } from 'preact';
import { DeviceNotices } from '../devices/device-notices';
import type { OwnMedia } from '../devices/own-media';
import { Button } from '../parts/button';
import { Notice } from '../parts/notice';
import { text } from '../texts/text';
import { Comings } from './comings';
import type { RoomSession } from './session';
import { HandNote } from './hands/hand-note';
import { SharingNote } from './sharing-note';
import { isSoundHeldBack, playHeldBack } from './sound';
import { Unheard } from './unheard';

interface StageNoticesProps {
  readonly session: RoomSession;
  readonly media: OwnMedia;
  /** One is heard while a key is held. */
  readonly isTalking: boolean;
  readonly children: ComponentChildren;
}

export function StageNotices({ session, media, isTalking, children }: StageNoticesProps) {
  return (
    <div class="stage-notices">
      <SharingNote session={session} />
      <HandNote session={session} />
      <Unheard microphone={media.microphone} />
      {isTalking && <div class="stage-word small">{text('keys.talking')}</div>}
      {session.connection.value === 'reconnecting' && (
        <Notice kind="warning">{text('room.reconnecting')}</Notice>
      )}
      {isSoundHeldBack() && (
        <Notice
          actions={
            <Button kind="primary" class="button-small" icon="sound" onClick={playHeldBack}>
              {text('room.playSound')}
            </Button>
          }
        >
          {text('room.soundHeldBack')}
        </Notice>
      )}
      <DeviceNotices media={media} />
      {children}
      <Comings session={session} />
    </div>
  );
}
