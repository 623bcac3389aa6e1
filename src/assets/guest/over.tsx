/** Where a guest's way ends: what happened, and what can be done. */
import { Ended, type EndingWords } from '../view/ending';
import { JoinWithNumber } from '../view/join-with-number';
import type { Ending } from './flow';
import type { Guest } from './guest';

const ENDINGS: Readonly<Record<Ending, EndingWords>> = {
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
  return ending === 'wrongNumber' ? (
    <WrongNumber />
  ) : (
    <Ended ending={ENDINGS[ending]} onAgain={guest.again} />
  );
}

export const WrongNumber = () => <Ended ending={ENDINGS.wrongNumber} form={<JoinWithNumber isMain />} />;
