/** The end of a way: what happened, and what can be done. */
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { Button } from '../parts/button';
import { Icon, type IconName } from '../parts/icon';
import { text, type TextKey } from '../texts/text';
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

/** One way to end, as a view's table of endings has it. */
export interface EndingWords {
  readonly icon: IconName;
  readonly title: TextKey;
  readonly words: TextKey;
  /** On the button that tries again, where there is anything to try. */
  readonly again?: TextKey;
}

export interface EndedProps extends Pick<EndingProps, 'children' | 'form'> {
  readonly ending: EndingWords;
  /** Tries again; never called where the ending has no words for that. */
  readonly onAgain?: () => void;
}

export function Ended({ ending, onAgain, children, form }: EndedProps) {
  const { icon, title, words, again } = ending;
  return (
    <EndingCard icon={icon} title={text(title)} words={text(words)} form={form}>
      {again && onAgain && (
        <Button kind="primary" onClick={onAgain}>
          {text(again)}
        </Button>
      )}
      {children}
    </EndingCard>
  );
}
