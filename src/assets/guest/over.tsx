/** Where a guest's way ends: what happened, and what can be done. */
import type { ComponentChildren } from 'preact';
import { Button } from '../parts/button';
import type { IconName } from '../parts/icon';
import { text, type TextKey } from '../texts/text';
import { EndingCard } from '../view/ending';
import { JoinWithNumber } from '../view/join-with-number';
import type { Ending } from './flow';
import type { Guest } from './guest';

interface Words {
  readonly icon: IconName;
  readonly title: TextKey;
  readonly words: TextKey;
  /** What a press of the one button does, if there is anything to try. */
  readonly again?: TextKey;
}

const WORDS: Readonly<Record<Ending, Words>> = {
  left: { icon: 'door', title: 'left.title', words: 'left.words', again: 'left.again' },
  denied: { icon: 'info', title: 'denied.title', words: 'denied.words', again: 'denied.again' },
  removed: { icon: 'info', title: 'removed.title', words: 'removed.words' },
  ended: { icon: 'check', title: 'ended.title', words: 'ended.words' },
  wrongNumber: { icon: 'warning', title: 'wrongNumber.title', words: 'wrongNumber.words' },
  elsewhere: { icon: 'copy', title: 'elsewhere.title', words: 'elsewhere.words', again: 'elsewhere.again' },
  putOut: { icon: 'info', title: 'putOut.title', words: 'putOut.words', again: 'putOut.again' },
};

export function Over({ guest }: { readonly guest: Guest }) {
  const ending = guest.state.value.ending ?? 'left';
  return (
    <Ended ending={ending}>
      {WORDS[ending].again && (
        <Button kind="primary" onClick={guest.again}>
          {text(WORDS[ending].again)}
        </Button>
      )}
    </Ended>
  );
}

interface EndedProps {
  readonly ending: Ending;
  readonly children?: ComponentChildren;
}

export function Ended({ ending, children }: EndedProps) {
  const { icon, title, words } = WORDS[ending];
  return (
    <EndingCard
      icon={icon}
      title={text(title)}
      words={text(words)}
      form={ending === 'wrongNumber' ? <JoinWithNumber isMain /> : undefined}
    >
      {children}
    </EndingCard>
  );
}
