/** What people type or choose, as they do: a reload in the middle of it takes nothing away. */
import { effect, type Signal, signal } from '@preact/signals';
import { useState } from 'preact/hooks';
import { kept } from './kept';

/** In this tab; every change is kept at once. @param name see {@link kept} */
export function keptSignal(name: string): Signal<string> {
  const store = kept(name);
  const words = signal(store.read() ?? '');
  effect(() => store.keep(words.value));
  return words;
}

/** The same for what one view alone needs to know; nothing is as good as the first. @returns the words, and what to call with others */
export function useKept<Words extends string>(name: string, first: Words): [Words, (words: Words) => void] {
  const [store] = useState(() => kept(name));
  const [words, setWords] = useState(() => (store.read() as Words | undefined) || first);
  return [
    words,
    (now) => {
      store.keep(now);
      setWords(now);
    },
  ];
}
