/** Keeps the screen on while somebody waits, where the browser does that. https://www.w3.org/TR/screen-wake-lock/ */
import { type ReadonlySignal, signal } from '@preact/signals';

export interface ScreenLock {
  readonly isOn: ReadonlySignal<boolean>;
  /** Asks for it, or again: the browser lets go whenever the page is out of sight. Never throws. */
  readonly keep: () => void;
  readonly release: () => void;
}

export function createScreenLock(): ScreenLock {
  const isOn = signal(false);
  let wanted = false;
  let held: WakeLockSentinel | undefined;

  const take = async (): Promise<void> => {
    const { wakeLock } = navigator as Partial<Pick<Navigator, 'wakeLock'>>;
    if (!wakeLock || held || document.visibilityState !== 'visible') return;
    try {
      const lock = await wakeLock.request('screen');
      if (!wanted || held) return void lock.release();
      held = lock;
      isOn.value = true;
      lock.addEventListener('release', () => {
        if (held !== lock) return;
        held = undefined;
        isOn.value = false;
      });
    } catch {
      // Not allowed, or the battery is low: then it locks as it always does.
    }
  };

  return {
    isOn,
    keep() {
      wanted = true;
      void take();
    },
    release() {
      wanted = false;
      const lock = held;
      held = undefined;
      isOn.value = false;
      void lock?.release().catch(() => undefined);
    },
  };
}
