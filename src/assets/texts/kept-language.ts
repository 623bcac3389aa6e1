/** Which language somebody chose: in this browser, or, by the address of a page, for this tab alone. */
import { kept, keptInBrowser } from '../keep/kept';

/** The parameter of an address that asks for a language. */
export const LANGUAGE_ASKED = 'lang';

const ofTab = kept('language');
const ofBrowser = keptInBrowser('language');

/** What counts most comes first. */
export const readKept = (): (string | undefined)[] => [ofTab.read(), ofBrowser.read()];

export const keepInTab = (language: string): void => ofTab.keep(language);

/** A choice of one's own: an address that asked for another language no longer does. */
export function keepChoice(language: string): void {
  ofTab.forget();
  ofBrowser.keep(language);
  const address = new URL(location.href);
  if (!address.searchParams.has(LANGUAGE_ASKED)) return;
  address.searchParams.delete(LANGUAGE_ASKED);
  history.replaceState(history.state, '', address);
}
