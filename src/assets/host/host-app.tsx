/** What a host sees in each stage. */
import type { ComponentChild } from 'preact';
import type { OwnMedia } from '../devices/own-media';
import { troubleWords } from '../texts/trouble';
import { Breath } from '../parts/breath';
import { Button } from '../parts/button';
import { text } from '../texts/text';
import { EndingCard } from '../view/ending';
import { Frame } from '../view/frame';
import { countedTitle, useTitle } from '../view/title';
import { Headline } from '../view/headline';
import type { Host, HostStage } from './host';
import { HostLobby } from './host-lobby';
import { HostRoom } from './host-room';
import { OperatorKeyDialog } from './operator-key-dialog';

export function HostApp({ host, media }: { readonly host: Host; readonly media: OwnMedia }) {
  const isAuto = host.admission.value === 'auto';
  const waiting = host.waiting.value.length;
  useTitle(countedTitle(waiting));
  const View = VIEWS[host.stage.value];
  const session = host.room.value;
  const isInRoom = host.stage.value === 'inRoom' && session;
  return (
    <>
      {isInRoom ? (
        <HostRoom host={host} media={media} session={session} isAuto={isAuto} />
      ) : (
        <Frame>
          <View host={host} media={media} isAuto={isAuto} />
        </Frame>
      )}
      <OperatorKeyDialog />
    </>
  );
}

interface ViewProps {
  readonly host: Host;
  readonly media: OwnMedia;
  readonly isAuto: boolean;
}

const VIEWS: Readonly<Record<HostStage, (props: ViewProps) => ComponentChild>> = {
  opening: () => (
    <div class="stack single waiting">
      <Breath />
      <Headline>{text('opening.title')}</Headline>
    </div>
  ),
  stuck: ({ host }) => (
    <EndingCard
      title={text('stuck.title')}
      words={troubleWords(host.trouble.value ?? 'fault')}
      icon="warning"
    >
      <Button kind="primary" onClick={() => void host.open()}>
        {text('again')}
      </Button>
    </EndingCard>
  ),
  left: ({ host }) => (
    <EndingCard title={text('hostLeft.title')} words={text('hostLeft.words')} icon="door">
      <Button kind="primary" onClick={() => location.reload()}>
        {text('hostLeft.again')}
      </Button>
      <Button onClick={() => void host.end()}>{text('end.go')}</Button>
      {host.trouble.value && <p role="alert">{troubleWords(host.trouble.value)}</p>}
    </EndingCard>
  ),
  ended: () => (
    <EndingCard title={text('hostEnded.title')} words={text('hostEnded.words')} icon="check">
      <NewMeeting />
    </EndingCard>
  ),
  wrongNumber: () => (
    <EndingCard title={text('wrongNumber.title')} words={text('hostWrongNumber.words')} icon="warning">
      <NewMeeting />
    </EndingCard>
  ),
  lobby: HostLobby,
  joining: HostLobby,
  inRoom: HostLobby,
};

const NewMeeting = () => (
  <Button kind="primary" onClick={() => location.assign('/host.html')}>
    {text('start.another')}
  </Button>
);
