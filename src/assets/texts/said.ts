/** Words that stay for a while, such as what is wrong with a field: said again in whichever language is spoken then. */
import { useState } from 'preact/hooks';

/** @returns what is said now, and how to say something else, or nothing more */
export function useSaid(): [said: string | undefined, say: (words: (() => string) | undefined) => void] {
  const [said, setSaid] = useState<{ readonly words: () => string }>();
  return [said?.words(), (words) => setSaid(words && { words })];
}
