/** The page around every view but the call itself. The static pages draw the same, so nothing jumps. */
import type { ComponentChildren } from 'preact';
import { Icon } from '../parts/icon';
import { text } from '../texts/text';
import { brand } from './brand';
import { LanguageSwitch } from './language-switch';

export function Frame({ children }: { readonly children: ComponentChildren }) {
  return (
    <div class="page">
      <header class="bar">
        <a class="brand" href="/">
          {brand.logo ? (
            <img
              class="brand-logo"
              src={brand.logo.path}
              width={brand.logo.width}
              height={brand.logo.height}
              alt={text('brand')}
            />
          ) : (
            <>
              <Icon name="brand" />
              <span>{text('brand')}</span>
            </>
          )}
        </a>
        <LanguageSwitch />
      </header>
      <main class="middle">{children}</main>
      {(brand.support ?? brand.privacy) && (
        <footer class="foot">
          {brand.support && <a href={brand.support}>{text('foot.support')}</a>}
          {brand.privacy && <a href={brand.privacy}>{text('foot.privacy')}</a>}
        </footer>
      )}
    </div>
  );
}
