/** The end of a way: what happened, and what can be done. */
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { Icon, type IconName } from '../parts/icon';
import { announce } from './announce';
import { Headline } from './headline';

export interface EndingProps {
  readonly icon: IconName;
  readonly title: string;
  readonly words: string;
  /** Buttons. */
  readonly children?: ComponentChildren;
  /** In place of buttons. */
  readonly form?: ComponentChildren;
}

export function EndingCard({ icon, title, words, children, form }: EndingProps) {
  useEffect(() => announce(`${title} ${words}`), [title, words]);
  return (
    <div class="stack single card ending">
      <span class="ending-icon">
        <Icon name={icon} size={28} />
      </span>
      <Headline>{title}</Headline>
      <p>{words}</p>
      {form ?? <div class="row">{children}</div>}
    </div>
  );
}
