/** Keeps a list that grows at its end scrolled to there, unless somebody has scrolled away. */
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Message } from './message';

/** Pixels: nobody stops to the hair. */
const NEAR = 48;

export interface AtEnd<Of> {
  readonly ref: RefObject<Of | null>;
  readonly isAtEnd: boolean;
  readonly goToEnd: () => void;
}

export function useAtEnd<Of extends HTMLElement>(messages: readonly Message[]): AtEnd<Of> {
  const ref = useRef<Of>(null);
  const [isAtEnd, setAtEnd] = useState(true);
  const isHeld = useRef(true);
  const toEnd = (): void => {
    if (ref.current) ref.current.scrollTop = ref.current.scrollHeight;
  };
  const last = messages.at(-1);
  const isOwnNew = last?.own === true && last.state === 'sending';
  useLayoutEffect(() => {
    if (isHeld.current || isOwnNew) toEnd();
  }, [messages]);
  useEffect(() => {
    const element = ref.current;
    if (!element) return undefined;
    const look = (): void => {
      isHeld.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR;
      setAtEnd(isHeld.current);
    };
    // The keyboard of a phone, or a field that grows, leaves less room.
    const observer = new ResizeObserver(() => {
      if (isHeld.current) toEnd();
      look();
    });
    observer.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, []);
  return {
    ref,
    isAtEnd,
    goToEnd: () => {
      toEnd();
      ref.current?.focus({ preventScroll: true });
    },
  };
}
