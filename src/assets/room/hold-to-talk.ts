/** Who is muted is heard while the space bar is held. */
import { useLayoutEffect, useState } from 'preact/hooks';
import type { OwnDevice } from '../devices/own-device';
import { areKeysOn, isFree } from './keys';

/** @returns whether it is held now */
export function useHoldToTalk(microphone: OwnDevice): boolean {
  const [isHeld, setHeld] = useState(false);
  useLayoutEffect(() => {
    let isTalking = false;
    const start = (event: KeyboardEvent): void => {
      if (event.key !== ' ' || !areKeysOn() || !isFree(event) || isOnControl(event.target)) return;
      // The page does not scroll, and a button that was pressed with the mouse is not pressed again.
      event.preventDefault();
      if (event.repeat || microphone.isOn.value || !microphone.track.value) return;
      isTalking = true;
      setHeld(true);
      void microphone.turnOn();
    };
    const stop = (event: Event): void => {
      if (!isTalking || (event instanceof KeyboardEvent && event.key !== ' ')) return;
      event.preventDefault();
      isTalking = false;
      setHeld(false);
      microphone.turnOff();
    };
    const ends = [
      watchFocus(),
      on(document, 'keydown', start as EventListener),
      on(document, 'keyup', stop),
      on(window, 'blur', stop),
    ];
    return () => {
      if (isTalking) microphone.turnOff();
      for (const end of ends) end();
    };
  }, [microphone]);
  return isHeld;
}

/** What came to have the focus by the keyboard; browsers' own `:focus-visible` changes with the very key pressed. */
let reached: EventTarget | null = null;

/** Who came to a button with the keyboard presses it with the space bar. */
const isOnControl = (target: EventTarget | null): boolean =>
  target === reached && target instanceof HTMLElement && target.matches('button, a, summary, [role]');

function watchFocus(): () => void {
  let isByKey = false;
  const ends = [
    on(document, 'keydown', () => (isByKey = true), true),
    on(document, 'pointerdown', () => (isByKey = false), true),
    on(document, 'focusin', ({ target }) => (reached = isByKey ? target : null), true),
  ];
  return () => ends.forEach((end) => end());
}

function on(target: EventTarget, type: string, listener: EventListener, capture = false): () => void {
  target.addEventListener(type, listener, capture);
  return () => target.removeEventListener(type, listener, capture);
}
