/** Phones sleep, tabs are put away, networks come and go, and pages are brought back: then it is time to look again. */

/** Of a device that was away for so long, connections are taken for dead. */
const LONG_MS = 30_000;
/** A clock that stood still for so long has slept; in a tab that is out of sight it only ticks once a minute. */
const ASLEEP_MS = 90_000;
const TICK_MS = 5_000;

export interface Waking {
  readonly shown: (isShown: boolean) => void;
  /** @param isLong connections may have died unnoticed */
  readonly awake: (isLong: boolean) => void;
  /** The page goes away, perhaps to come back. */
  readonly leaving: () => void;
}

/** @returns stops it */
export function wakeWithBrowser({ shown, awake, leaving }: Waking): () => void {
  const ends = new AbortController();
  const on = (target: EventTarget, type: string, act: (event: Event) => void): void =>
    target.addEventListener(type, act, { signal: ends.signal });
  let hiddenAt = Infinity;
  let tickedAt = Date.now();
  on(document, 'visibilitychange', () => {
    const isShown = document.visibilityState === 'visible';
    shown(isShown);
    if (isShown) awake(Date.now() - hiddenAt > LONG_MS);
    hiddenAt = isShown ? Infinity : Date.now();
  });
  on(window, 'online', () => awake(true));
  on(window, 'pagehide', leaving);
  on(window, 'pageshow', (event) => {
    if ((event as PageTransitionEvent).persisted) awake(true);
  });
  const timer = setInterval(() => {
    const slept = Date.now() - tickedAt;
    tickedAt = Date.now();
    if (slept > ASLEEP_MS) awake(true);
  }, TICK_MS);
  return () => {
    ends.abort();
    clearInterval(timer);
  };
}
