/** What a visitor sees in each stage. */
import type { ComponentChild } from 'preact';
import { useEffect } from 'preact/hooks';
import type { OwnMedia } from '../devices/own-media';
import { Breath } from '../parts/breath';
import { Button } from '../parts/button';
import { text } from '../texts/text';
import { troubleWords } from '../texts/trouble';
import { announce } from '../view/announce';
import { Ended, type EndingWords } from '../view/ending';
import { Frame } from '../view/frame';
import { Headline } from '../view/headline';
import { Prepare } from '../view/prepare';
import type { Ending, Stage } from './flow';
import type { Visit } from './visit';
import { VisitRoom } from './visit-room';

interface ViewProps {
  readonly visit: Visit;
  readonly media: OwnMedia;
}

export function VisitApp({ visit, media }: ViewProps) {
  const { stage } = visit.state.value;
  const session = visit.room.value;
  if (stage === 'inRoom' && session) return <VisitRoom visit={visit} media={media} session={session} />;
  const View = VIEWS[stage];
  return (
    <Frame>
      <View visit={visit} media={media} />
    </Frame>
  );
}

/** Stages that share a view keep it, with the focus where it is. */
const VIEWS: Readonly<Record<Stage, (props: ViewProps) => ComponentChild>> = {
  looking: Checking,
  preparing: Preparing,
  joining: Preparing,
  checking: Checking,
  inRoom: Checking,
  over: Over,
};

function Checking({ visit }: ViewProps) {
  const { stage, trouble } = visit.state.value;
  const words = trouble
    ? troubleWords(trouble)
    : text(stage === 'looking' ? 'visit.looking' : 'visit.checking');
  return (
    <div class="stack single waiting">
      <Breath />
      <Headline>{text('checking.title')}</Headline>
      <p role="status">{words}</p>
      {stage === 'checking' && (
        <div>
          <Button onClick={visit.leave}>{text('waiting.leave')}</Button>
        </div>
      )}
    </div>
  );
}

function Preparing({ visit, media }: ViewProps) {
  const { stage, present, trouble } = visit.state.value;
  const isJoining = stage === 'joining';
  const words = trouble && troubleWords(trouble);
  useEffect(() => {
    if (isJoining) announce(text('visit.joining'));
    else if (words) announce(words, true);
  }, [isJoining, words]);
  return (
    <Prepare
      media={media}
      name={visit.name}
      where={text('visit.title', { id: visit.meetingId })}
      words={[present !== undefined && company(present), text('visit.words')].filter(Boolean).join(' ')}
      go={text('visit.go')}
      onGo={visit.go}
      busy={isJoining}
      trouble={words}
    />
  );
}

function company(present: number): string {
  if (present === 0) return text('visit.nobody');
  return text('visit.people', { count: present });
}

const ENDINGS: Readonly<Record<Ending, EndingWords>> = {
  left: { icon: 'door', title: 'left.title', words: 'visit.left.words', again: 'left.again' },
  unknown: { icon: 'warning', title: 'visit.unknown.title', words: 'visit.unknown.words' },
  deleted: { icon: 'check', title: 'visit.deleted.title', words: 'visit.deleted.words' },
  elsewhere: { icon: 'copy', title: 'elsewhere.title', words: 'elsewhere.words', again: 'elsewhere.again' },
  putOut: { icon: 'info', title: 'putOut.title', words: 'putOut.words', again: 'putOut.again' },
};

function Over({ visit }: ViewProps) {
  return <Ended ending={ENDINGS[visit.state.value.ending ?? 'left']} onAgain={visit.go} />;
}
