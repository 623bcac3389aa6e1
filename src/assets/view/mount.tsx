/** Puts a page's app in place of what the static page showed. */
import { type ComponentType, render } from 'preact';

export function mount(App: ComponentType): void {
  const place = document.getElementById('app');
  if (place) render(<App />, place);
}
