/** What somebody sees who calls and is called. */
import { useState } from 'preact/hooks';
import type { OwnMedia } from '../devices/own-media';
import { Frame } from '../view/frame';
import { later } from '../view/later';
import type { AtTheDeskProps } from './at-the-desk';
import type { Reception } from './reception';
import { TokenDialog } from './token-dialog';
import { WhoAreYou } from './who-are-you';

const AtTheDesk = later<AtTheDeskProps>(async () => (await import('./at-the-desk')).AtTheDesk);

interface CallsAppProps {
  readonly reception: Reception;
  readonly media: OwnMedia;
}

export function CallsApp({ reception, media }: CallsAppProps) {
  const desk = reception.desk.value;
  const [isChanging, setChanging] = useState(false);
  const stage = desk?.phone.state.value.stage;
  const isFree = stage === 'idle' || stage === 'elsewhere';
  return (
    <>
      {desk && !(isChanging && isFree) ? (
        <AtTheDesk desk={desk} media={media} reception={reception} onChange={() => setChanging(true)} />
      ) : (
        <Frame>
          <WhoAreYou reception={reception} onDone={() => setChanging(false)} />
        </Frame>
      )}
      <TokenDialog />
    </>
  );
}
