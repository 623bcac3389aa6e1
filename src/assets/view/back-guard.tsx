/**
 * The browser's back button in a call asks before it takes anybody out of it. A call has an entry of its own in the
 * browser's history: going back from there leads to the page itself, which goes forward again, and asks.
 */
import { useLayoutEffect, useState } from 'preact/hooks';
import { Confirm } from '../parts/dialog';
import { text } from '../texts/text';

interface CallEntry {
  readonly inCall?: boolean;
}

const isEntryOfCall = (): boolean => (history.state as CallEntry | null)?.inCall === true;

let wasAtCall = false;
/** Set while there is a call to lose. */
let ask: (() => void) | undefined;

/** Once a page. An entry of a call that is over is skipped on the way back. */
export function watchHistory(): void {
  wasAtCall = isEntryOfCall();
  let address = location.href;
  addEventListener('popstate', () => {
    const isBack = wasAtCall && !isEntryOfCall() && address === location.href;
    address = location.href;
    wasAtCall = isEntryOfCall();
    if (!isBack) return;
    if (!ask) return history.back();
    history.forward();
    ask();
  });
}

export interface BackGuardProps {
  /** On the button that leaves. */
  readonly leave: string;
  readonly onLeave: () => void;
}

/** As long as it is there, so is the call. */
export function BackGuard({ leave, onLeave }: BackGuardProps) {
  const [isAsking, setAsking] = useState(false);
  // Before anything of the call is seen: whoever goes back at once is asked, too.
  useLayoutEffect(() => {
    if (!isEntryOfCall()) history.pushState({ inCall: true } satisfies CallEntry, '');
    wasAtCall = true;
    const mine = (): void => setAsking(true);
    ask = mine;
    return () => {
      if (ask === mine) ask = undefined;
      // Whoever has gone elsewhere on this page meanwhile has left the entry, too.
      wasAtCall = isEntryOfCall();
    };
  }, []);
  return isAsking ? (
    <Confirm
      title={text('back.title')}
      words={text('back.words')}
      yes={leave}
      onNo={() => setAsking(false)}
      onYes={() => {
        setAsking(false);
        onLeave();
      }}
    />
  ) : null;
}
