/** Between calls: oneself, who else is online, and the calls that were missed. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { OwnMedia } from '../devices/own-media';
import { Preview } from '../devices/preview';
import { Button } from '../parts/button';
import { Dialog } from '../parts/dialog';
import { Notice } from '../parts/notice';
import { wordsFor } from '../texts/reasons';
import { text } from '../texts/text';
import { announce } from '../view/announce';
import { Headline } from '../view/headline';
import type { Desk } from './desk';
import { isInUse } from './flow';
import { LastCall } from './last-call';
import { MissedList } from './missed-list';
import { PeopleOnline } from './people-online';
import type { Phone } from './phone';
import type { Reception } from './reception';
import { isRingHeard, isRingHeldBack, setRingHeard } from './tones';

interface SwitchboardProps {
  readonly desk: Desk;
  readonly media: OwnMedia;
  readonly reception: Reception;
  readonly onChange: () => void;
}

export function Switchboard({ desk, media, reception, onChange }: SwitchboardProps) {
  return (
    <div class="switchboard">
      <div class="switchboard-me stack">
        <Headline>{text('calls.title')}</Headline>
        <OwnLine desk={desk} reception={reception} onChange={onChange} />
      </div>
      <PeopleOnline desk={desk} />
      <div class="switchboard-side stack">
        <MissedList desk={desk} />
        <Devices media={media} phone={desk.phone} />
      </div>
      <LastCall desk={desk} />
    </div>
  );
}

type OwnLineProps = Omit<SwitchboardProps, 'media'>;

/** Whether one can be reached, and as whom. */
function OwnLine({ desk, reception, onChange }: OwnLineProps) {
  const { name, location } = desk.user;
  const state = desk.line.state.value;
  const refused = desk.refused.value;
  const who = location ? text('calls.as', { name, location }) : name;
  const words = text(`line.${refused === undefined ? state : 'refused'}`, { who });
  const wasLive = useRef(false);
  useEffect(() => {
    // That it works is said where it has not worked before.
    if (state !== 'live' || wasLive.current) announce(words, state === 'lost');
    wasLive.current ||= state === 'live';
  }, [words]);
  return (
    <>
      <div
        class="own-line"
        role="group"
        aria-label={text('line.title')}
        data-state={refused === undefined ? state : 'lost'}
      >
        <p class="own-line-words">{words}</p>
        <Button kind="quiet" class="button-small" onClick={onChange}>
          {text('who.change')}
        </Button>
      </div>
      {refused !== undefined && (
        <Notice
          kind="danger"
          actions={
            <Button class="button-small" onClick={reception.again}>
              {text('again')}
            </Button>
          }
        >
          {wordsFor(refused)}
        </Notice>
      )}
    </>
  );
}

/** Before it rings: whether one is seen, heard, and hears. */
function Devices({ media, phone }: { readonly media: OwnMedia; readonly phone: Phone }) {
  const [isTrying, setTrying] = useState(false);
  const isHeard = isRingHeard.value;
  const isFree = !isInUse(phone.state.value);
  /** Also for what is opened only after it was put away: then nobody wants it. */
  const wanted = useRef(false);
  const begin = async (): Promise<void> => {
    wanted.current = true;
    setTrying(true);
    await media.resume();
    if (!wanted.current && !isInUse(phone.state.peek())) media.close();
  };
  const close = (): void => {
    wanted.current = false;
    setTrying(false);
    media.close();
  };
  useEffect(() => {
    if (isFree) return;
    wanted.current = false;
    setTrying(false);
  }, [isFree]);
  return (
    <section class="card stack" aria-labelledby="devices-heading">
      <h2 id="devices-heading">{text('ready.title')}</h2>
      <div class="ready">
        <Button icon="camera" onClick={() => void begin()}>
          {text('ready.try')}
        </Button>
        <Button kind="quiet" icon={isHeard ? 'sound' : 'soundOff'} onClick={() => setRingHeard(!isHeard)}>
          {text(isHeard ? 'ready.silence' : 'ready.loud')}
        </Button>
      </div>
      <p class="small soft ready-words">
        {text(!isHeard ? 'ready.silent' : isRingHeldBack.value ? 'ready.heldBack' : 'ready.rings')}
      </p>
      {isTrying && isFree && (
        <Dialog title={text('preview.title')} onClose={close}>
          <Preview media={media} />
        </Dialog>
      )}
    </section>
  );
}
