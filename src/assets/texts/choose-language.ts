/**
 * Runs before anything is drawn, and chooses the language: what the address asks for (`?lang=de`, for this tab), what
 * was chosen before, what the browser prefers, or else what the page was written in. In any other language than that
 * the written words stay out of sight until the right ones have come: nobody sees them change.
 */
import { keepInTab, LANGUAGE_ASKED, readKept } from './kept-language';
import { partsSaid } from './parts-said';

/** JSON that the build puts in: of each language its direction, the modules that have its words, and its manifest. */
declare const LANGUAGES: string;

const languages = JSON.parse(LANGUAGES) as Readonly<
  Record<
    string,
    {
      readonly direction: string;
      /** By part. */
      readonly words: Readonly<Record<string, string>>;
      readonly manifest: string;
    }
  >
>;

/** After this the words are shown as they were written, should the right ones never come. */
const PATIENCE_MS = 5_000;

const page = document.documentElement;
const asked = known(new URLSearchParams(location.search).get(LANGUAGE_ASKED));
if (asked !== undefined) keepInTab(asked);
const chosen = [asked, ...readKept(), ...navigator.languages].map(known).find((language) => language);
const written = page.lang;
if (chosen !== undefined) page.lang = chosen;
const { direction = 'ltr', words = {}, manifest = '' } = languages[page.lang] ?? {};
page.dir = direction;
if (page.lang !== written) {
  page.dataset['words'] = 'coming';
  document.querySelector('link[rel="manifest"]')?.setAttribute('href', manifest);
  setTimeout(() => delete page.dataset['words'], PATIENCE_MS);
}

// Along with everything else, not after it.
for (const part of partsSaid(page)) {
  const ahead = document.createElement('link');
  ahead.rel = 'modulepreload';
  ahead.href = words[part] ?? '';
  document.head.append(ahead);
}

/** `de-AT` → `de`; undefined for a language that there is not. */
function known(tag: string | null | undefined): string | undefined {
  const [language = ''] = (tag ?? '').toLowerCase().split('-');
  return Object.hasOwn(languages, language) ? language : undefined;
}
