/** The way into a room, fetched when somebody takes it: the list of rooms needs nothing of it. */
import { signal } from '@preact/signals';
import type { FunctionComponent } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Button } from '../parts/button';
import { text } from '../texts/text';
import { EndingCard } from '../view/ending';
import { Frame } from '../view/frame';
import type { StayViewProps } from './stay-view';
import { roomTrouble } from './words';

type Props = Omit<StayViewProps, 'media'>;

/** With the camera and microphone of this tab, which stay as they are from room to room. */
const fetched = signal<FunctionComponent<Props>>();

async function fetchStay(): Promise<void> {
  if (fetched.value) return;
  const { StayView, createOwnMedia } = await import('./stay-view');
  const media = createOwnMedia();
  fetched.value ??= (props) => <StayView {...props} media={media} />;
}

export function StayLater(props: Props) {
  const [isGone, setGone] = useState(false);
  const Stay = fetched.value;
  const fetchIt = (): void => {
    setGone(false);
    fetchStay().catch(() => setGone(true));
  };
  useEffect(fetchIt, []);
  if (Stay) return <Stay {...props} />;
  return (
    <Frame>
      {isGone && (
        <EndingCard icon="warning" title={text('stuck.title')} words={roomTrouble('offline')}>
          <Button kind="primary" onClick={fetchIt}>
            {text('again')}
          </Button>
          <Button onClick={() => props.hall.go({ view: 'list' })}>{text('stay.toList')}</Button>
        </EndingCard>
      )}
    </Frame>
  );
}
