/** The title of the tab: the page's own, as it was written, or what a view has to tell those who look elsewhere. */
import { effect, signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { text, type TextKey } from '../texts/text';

const told = signal<string | undefined>(undefined);
const heading = signal<string | undefined>(undefined);

/** By what a view is headed its tab is found, and its place in the browser's history. */
export const headedBy = (words: string | undefined): void => void (heading.value = words);

/** @param title undefined: the page's own */
export function useTitle(title: string | undefined): void {
  useEffect(() => {
    told.value = title;
    return () => (told.value = undefined);
  }, [title]);
}

/** In the language that is spoken now. */
const pageTitle = (): string =>
  (document.querySelector('title')?.dataset['words'] ?? '').replace(/\{([\w.]+)\}/g, (_, key: string) =>
    text(key as TextKey),
  );

/** As the view is headed; the page's own where it is not. */
export const ownTitle = (): string =>
  heading.value === undefined ? pageTitle() : text('title.of', { name: heading.value, title: text('brand') });

/** Sets it, in whichever language, until the page is left. */
export function keepTitle(): void {
  effect(() => {
    document.title = told.value ?? ownTitle();
  });
}

/** @returns its own with a number before it, for a tab that is out of sight; undefined for none */
export const countedTitle = (count: number): string | undefined =>
  count > 0 ? text('title.counted', { count, title: ownTitle() }) : undefined;
