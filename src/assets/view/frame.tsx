/** The page around every view but the call itself. The static pages draw the same, so nothing jumps. */
import type { ComponentChildren } from 'preact';
import { Icon } from '../parts/icon';
import { text } from '../texts/text';
import { LanguageSwitch } from './language-switch';

export function Frame({ children }: { readonly children: ComponentChildren }) {
  return (
    <div class="page">
      <header class="bar">
        <a class="brand" href="/">
          <Icon name="brand" />
          <span>{text('brand')}</span>
        </a>
        <LanguageSwitch />
      </header>
      <main class="middle">{children}</main>
    </div>
  );
}
