/** What somebody sees on the way into a room, in it, and after it. */
import { useEffect, useState } from 'preact/hooks';
import type { OwnMedia } from '../devices/own-media';
import { Breath } from '../parts/breath';
import { Button } from '../parts/button';
import { text } from '../texts/text';
import { announce } from '../view/announce';
import { Ended, EndingCard, type EndingWords } from '../view/ending';
import { Frame } from '../view/frame';
import { Headline } from '../view/headline';
import { Prepare } from '../view/prepare';
import type { Ending } from './flow';
import type { Hall } from './hall';
import { RoomStage } from './room-stage';
import { createStay, type Stay } from './stay';
import { WhoJoins } from './who-joins';
import { howMany, roomTrouble } from './words';

export { createOwnMedia } from '../devices/own-media';

export interface StayViewProps {
  readonly hall: Hall;
  readonly media: OwnMedia;
  readonly roomId: string;
  readonly roomName: string;
}

export interface InRoomProps {
  readonly stay: Stay;
  readonly hall: Hall;
  readonly media: OwnMedia;
  readonly title: string;
  /** Back to the list. */
  readonly onLeave: () => void;
}

export function StayView({ hall, media, roomId, roomName }: StayViewProps) {
  const { me, line } = hall;
  const [stay] = useState(() => createStay({ roomId, me, media, line }));
  useEffect(() => {
    line.watch([roomId]);
    return stay.close;
  }, []);
  const title = roomName || text('stay.room');
  const onLeave = (): void => {
    announce(text('stay.left', { name: title }));
    hall.go({ view: 'list' });
  };
  const props: InRoomProps = { stay, hall, media, title, onLeave };
  const session = stay.room.value;
  if (stay.state.value.stage === 'inRoom' && session) return <RoomStage {...props} session={session} />;
  return (
    <Frame>
      <OnTheWay {...props} />
    </Frame>
  );
}

/** Stages that share a view keep it, with the focus where it is. */
function OnTheWay(props: InRoomProps) {
  const { stay, onLeave } = props;
  const { stage, trouble } = stay.state.value;
  if (stage === 'naming') return <WhoJoins {...props} />;
  if (stage === 'preparing' || stage === 'joining') return <Preparing {...props} />;
  if (stage === 'over') return <Over {...props} />;
  if (stage === 'stuck') {
    return (
      <EndingCard icon="warning" title={text('stuck.title')} words={roomTrouble(trouble ?? 'fault')}>
        <Button kind="primary" onClick={stay.go}>
          {text('again')}
        </Button>
        <Button onClick={onLeave}>{text('stay.toList')}</Button>
      </EndingCard>
    );
  }
  return (
    <div class="stack single waiting">
      <Breath />
      <Headline>{text('checking.title')}</Headline>
      <p role="status">{text('stay.asking')}</p>
      <div>
        <Button onClick={onLeave}>{text('stay.toList')}</Button>
      </div>
    </div>
  );
}

function Preparing({ stay, hall, media, title, onLeave }: InRoomProps) {
  const { stage, trouble } = stay.state.value;
  const isJoining = stage === 'joining';
  const words = trouble && roomTrouble(trouble);
  const present = hall.line.present.value.get(stay.roomId);
  useEffect(() => {
    if (isJoining) announce(text('visit.joining'));
    else if (words) announce(words, true);
  }, [isJoining, words]);
  return (
    <>
      <Button kind="quiet" class="button-small" onClick={onLeave}>
        {text('stay.toList')}
      </Button>
      <Prepare
        media={media}
        name={stay.name}
        where={title}
        words={present ? howMany(present.length) : text('stay.words')}
        go={text('visit.go')}
        onGo={stay.go}
        busy={isJoining}
        trouble={words}
      />
    </>
  );
}

const ENDINGS: Readonly<Record<Ending, EndingWords>> = {
  unknown: { icon: 'warning', title: 'rooms.unknown.title', words: 'rooms.unknown.words' },
  closed: { icon: 'check', title: 'rooms.closed.title', words: 'rooms.closed.words', again: 'left.again' },
  elsewhere: { icon: 'copy', title: 'elsewhere.title', words: 'rooms.elsewhere', again: 'elsewhere.again' },
  putOut: { icon: 'info', title: 'rooms.putOut.title', words: 'putOut.words', again: 'putOut.again' },
};

function Over({ stay, onLeave }: InRoomProps) {
  return (
    <Ended ending={ENDINGS[stay.state.value.ending ?? 'closed']} onAgain={stay.go}>
      <Button onClick={onLeave}>{text('stay.toList')}</Button>
    </Ended>
  );
}
