/** Single keys that do what buttons do: never while somebody types, and only for those who want them. */
import { signal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { keptInBrowser } from '../keep/kept';

export const KEYS = {
  microphone: 'M',
  camera: 'V',
  screen: 'S',
  people: 'P',
  chat: 'C',
  hand: 'H',
  smallWindow: 'I',
  fullScreen: 'F',
  help: '?',
} as const;

export type KeyId = keyof typeof KEYS;

const known = keptInBrowser('keys');
const isOn = signal(known.read() !== 'off');

/** Who speaks to the computer, or has no steady hand, does not want single keys to do things (WCAG 2.1.4). */
export const areKeysOn = (): boolean => isOn.value;

export function setKeysOn(wanted: boolean): void {
  known.keep(wanted ? 'on' : 'off');
  isOn.value = wanted;
}

/** @returns the key for what it does, as buttons name it; undefined while keys are off, or for what has none */
export const keyFor = (id: string): string | undefined =>
  isOn.value && Object.hasOwn(KEYS, id) ? KEYS[id as KeyId] : undefined;

export type Deeds = Readonly<Partial<Record<KeyId | 'escape', (() => void) | undefined>>>;

/** As long as the view is there. */
export function useKeys(deeds: Deeds): void {
  const latest = useRef(deeds);
  latest.current = deeds;
  useLayoutEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (event.repeat || !isFree(event)) return;
      const key = keyIn(event);
      const id = (Object.keys(KEYS) as KeyId[]).find((one) => KEYS[one] === key);
      const deed =
        key === 'Escape' ? latest.current.escape : isOn.value && id ? latest.current[id] : undefined;
      if (!deed) return;
      event.preventDefault();
      deed();
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, []);
}

const TYPING = 'input, textarea, select, [contenteditable]:not([contenteditable="false"])';

/** Nobody types, no dialog or menu has the keys, and it is none of the browser's own. */
export function isFree(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing)
    return false;
  const { target } = event;
  if (target instanceof Element && target.closest(`${TYPING}, [role="menu"]`)) return false;
  return document.querySelector('dialog[open]') === null;
}

/** Letters are meant by their place where the keyboard has another script. */
function keyIn({ key, code }: KeyboardEvent): string {
  const isForeign = key.length === 1 && key > '\u007f';
  return isForeign && code.startsWith('Key')
    ? code.slice('Key'.length)
    : key.length === 1
      ? key.toUpperCase()
      : key;
}
