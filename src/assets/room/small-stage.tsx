/** The call in little: one tile, and microphone, camera and leave below it. */
import type { OwnMedia } from '../devices/own-media';
import type { Participant } from '../media/media';
import { DeviceControl, leaveMeeting, type LeaveWords } from './controls';
import { Control } from './control';
import { tileOf } from './large';
import { nameOf } from './name-of';
import type { RoomSession } from './session';
import { OtherTile, ScreenTile, SelfTile } from './tiles';
import type { View } from './view';

export interface SmallStageProps {
  readonly session: RoomSession;
  readonly media: OwnMedia;
  readonly view: View;
  readonly onLeave: () => void;
  readonly leave?: LeaveWords | undefined;
}

export function SmallStage({ session, media, view, onLeave, leave = leaveMeeting() }: SmallStageProps) {
  return (
    <main class="small-stage">
      <div class="small-stage-tile">
        <MostWanted session={session} media={media} view={view} />
      </div>
      <div class="small-stage-controls">
        <DeviceControl device={media.microphone} />
        <DeviceControl device={media.camera} />
        <Control icon="leave" {...leave} look="leave" onClick={onLeave} />
      </div>
    </main>
  );
}

function MostWanted({ session, media, view }: Pick<SmallStageProps, 'session' | 'media' | 'view'>) {
  const others = session.participants.value;
  const pinned = view.pinned.value;
  const isPinned = ({ id }: Participant): boolean => pinned === tileOf.person(id);
  const pinnedScreen = others.find(({ id, screen }) => screen && pinned === tileOf.screen(id));
  const screen = pinnedScreen ?? (others.some(isPinned) ? undefined : others.find((one) => one.screen));
  if (screen) return <ScreenTile one={screen} pinning={undefined} />;
  const one = others.find(isPinned) ?? others.find(({ id }) => id === session.speaker.value) ?? others[0];
  if (one) {
    const isHandUp = session.hands.up.value.includes(one.id);
    return <OtherTile key={one.id} one={one} isSpeaking={false} isHandUp={isHandUp} pinning={undefined} />;
  }
  return (
    <SelfTile
      name={nameOf(session.self)}
      media={media}
      isHandUp={session.hands.isMineUp.value}
      quality={session.quality.value}
      note={undefined}
      pinning={undefined}
    />
  );
}
