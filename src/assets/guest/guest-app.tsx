/** What a guest sees in each stage. */
import type { ComponentChild } from 'preact';
import { useEffect } from 'preact/hooks';
import { wakeWithBrowser } from '../live/wake';
import type { OwnMedia } from '../devices/own-media';
import { StageLater } from '../room/stage-later';
import { spacedNumber, text } from '../texts/text';
import { Frame } from '../view/frame';
import type { Stage } from './flow';
import type { Guest } from './guest';
import { Over } from './over';
import { Preparing } from './preparing';
import { Checking, Stuck, Waiting } from './waiting';

export function GuestApp({ guest, media }: { readonly guest: Guest; readonly media: OwnMedia }) {
  useEffect(() => attend(guest), [guest]);
  const { stage } = guest.state.value;
  const session = guest.room.value;
  if (stage === 'inRoom' && session) {
    return (
      <StageLater
        session={session}
        media={media}
        title={text('room.title', { number: spacedNumber(guest.meetingId) })}
        onLeave={guest.leave}
      />
    );
  }
  const View = VIEWS[stage];
  return (
    <Frame>
      <View guest={guest} media={media} />
    </Frame>
  );
}

interface ViewProps {
  readonly guest: Guest;
  readonly media: OwnMedia;
}

/** Stages that share a view keep it, with the focus where it is. */
const VIEWS: Readonly<Record<Stage, (props: ViewProps) => ComponentChild>> = {
  preparing: Preparing,
  asking: Preparing,
  waiting: Waiting,
  joining: Waiting,
  checking: Checking,
  inRoom: Checking,
  stuck: Stuck,
  over: Over,
};

/** Phones sleep, tabs are put away and networks come and go: then it is time to look again. */
function attend(guest: Guest): () => void {
  const { attention } = guest;
  const ends = new AbortController();
  for (const type of ['pointerdown', 'keydown']) {
    addEventListener(type, attention.touched, { signal: ends.signal });
  }
  const stop = wakeWithBrowser({
    shown: (isShown) => {
      if (!isShown) attention.hidden();
    },
    // A page that runs on while nobody sees it keeps its connection by itself.
    awake: (isLong) => {
      if (document.visibilityState === 'visible') guest.wake(isLong);
    },
    leaving: attention.leaving,
  });
  return () => {
    ends.abort();
    stop();
  };
}
