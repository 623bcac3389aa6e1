/** What a guest sees in each stage. */
import type { ComponentChild } from 'preact';
import { useEffect } from 'preact/hooks';
import type { OwnMedia } from '../devices/own-media';
import { Stage as CallStage } from '../room/stage';
import { spacedNumber, text } from '../texts/text';
import { Frame } from '../view/frame';
import type { Stage } from './flow';
import type { Guest } from './guest';
import { Over } from './over';
import { Preparing } from './preparing';
import { Checking, Stuck, Waiting } from './waiting';

export function GuestApp({ guest, media }: { readonly guest: Guest; readonly media: OwnMedia }) {
  useEffect(() => wakeWithBrowser(guest), [guest]);
  const { stage } = guest.state.value;
  const session = guest.room.value;
  if (stage === 'inRoom' && session) {
    return (
      <CallStage
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
function wakeWithBrowser(guest: Guest): () => void {
  const visible = (): void => {
    if (document.visibilityState === 'visible') guest.wake();
  };
  document.addEventListener('visibilitychange', visible);
  addEventListener('online', guest.wake);
  addEventListener('pageshow', guest.wake);
  return () => {
    document.removeEventListener('visibilitychange', visible);
    removeEventListener('online', guest.wake);
    removeEventListener('pageshow', guest.wake);
  };
}
