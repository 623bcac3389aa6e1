/** Puts a page's app in place of what the static page showed, once there are words for it. */
import { type ComponentType, render } from 'preact';
import { speakAsChosen } from '../texts/language';
import { watchHistory } from './back-guard';
import './every-page';
import { keepTitle } from './title';

/** @param toDevelopers whether it speaks to them, too */
export function mount(App: ComponentType, toDevelopers = false): void {
  const place = document.getElementById('app');
  if (!place) return;
  void speakAsChosen(toDevelopers).then(() => {
    keepTitle();
    watchHistory();
    render(<App />, place);
    // In sight again, if the page was written in another language.
    delete document.documentElement.dataset['words'];
  });
}
