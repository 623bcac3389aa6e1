/** One thing that is tested: how it is, in a sign and in words, and what belongs to it. */
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { Icon, type IconName } from '../parts/icon';
import { text, type TextKey } from '../texts/text';

/** `open` until something is known. */
export type Outcome = 'open' | 'running' | 'good' | 'warning' | 'bad';

const SIGNS: Readonly<Record<Outcome, { readonly icon: IconName; readonly words: TextKey | undefined }>> = {
  open: { icon: 'info', words: undefined },
  running: { icon: 'hourglass', words: 'test.running' },
  good: { icon: 'check', words: 'test.good' },
  warning: { icon: 'warning', words: 'test.warning' },
  bad: { icon: 'warning', words: 'test.bad' },
};

export interface StepProps {
  readonly title: string;
  readonly outcome: Outcome;
  /** How it is; said by screen readers when it changes. */
  readonly words: string;
  /** What to do. */
  readonly advice?: string | undefined;
  readonly children?: ComponentChildren;
}

export function Step({ title, outcome, words, advice, children }: StepProps) {
  const id = useId();
  const sign = SIGNS[outcome];
  return (
    <li class="precall-step" data-outcome={outcome} aria-labelledby={id}>
      <h2 id={id} class="precall-title">
        <span class="precall-sign">
          <Icon name={sign.icon} size={18} />
        </span>
        <span>{title}</span>
        {sign.words && <span class="unseen">{text(sign.words)}</span>}
      </h2>
      <div class="stack precall-body">
        <div role="status">
          <p>{words}</p>
          {advice && <p class="soft">{advice}</p>}
        </div>
        {children}
      </div>
    </li>
  );
}
