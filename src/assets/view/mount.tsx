/** Puts a page's app in place of what the static page showed, once there are words for it. */
import { type ComponentType, render } from 'preact';
import { speakAsChosen } from '../texts/language';
import { watchHistory } from './back-guard';
import './every-page';
import { keepTitle } from './title';

export function mount(App: ComponentType): void {
  const place = document.getElementById('app');
  if (!place) return;
  void speakAsChosen().then(() => {
    keepTitle();
    watchHistory();
    render(<App />, place);
    // In sight again, if the page was written in another language.
    delete document.documentElement.dataset['words'];
  });
}
