/** Words over the page, so that nothing below them moves: a group of its own, found and left as such. */
import type { ComponentChildren } from 'preact';
import { text } from '../texts/text';

export const Toast = ({ children }: { readonly children: ComponentChildren }) => (
  <div class="toast" role="group" aria-label={text('toast.title')}>
    {children}
  </div>
);
