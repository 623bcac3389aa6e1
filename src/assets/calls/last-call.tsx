/** What became of the last call, over the page so that nothing jumps; or that a call goes on elsewhere. */
import { useEffect } from 'preact/hooks';
import { Button } from '../parts/button';
import { Notice } from '../parts/notice';
import { Toast } from '../parts/toast';
import { text, type TextKey } from '../texts/text';
import { troubleWords } from '../texts/trouble';
import { announce } from '../view/announce';
import type { Desk } from './desk';
import { type OutcomeKind, otherOf } from './outcome';

const WORDS: Readonly<Record<OutcomeKind, TextKey>> = {
  missed: 'outcome.missed',
  unanswered: 'outcome.unanswered',
  declined: 'outcome.declined',
  declinedElsewhere: 'outcome.declinedElsewhere',
  cancelled: 'outcome.ended',
  ended: 'outcome.ended',
  busy: 'outcome.busy',
  selfBusy: 'outcome.selfBusy',
  offline: 'outcome.offline',
  selfOffline: 'outcome.selfOffline',
  failed: 'outcome.failed',
};

/** After these one may want to try at once. */
const AGAIN: Readonly<Partial<Record<OutcomeKind, TextKey>>> = {
  missed: 'missed.callBack',
  unanswered: 'outcome.again',
  cancelled: 'outcome.again',
  ended: 'outcome.again',
  selfOffline: 'outcome.again',
  failed: 'outcome.again',
};

export function LastCall({ desk }: { readonly desk: Desk }) {
  const { phone, user } = desk;
  const { stage, call, outcome, trouble } = phone.state.value;
  const isElsewhere = stage === 'elsewhere' && call !== undefined;
  const words = isElsewhere
    ? text('elsewhere.call', { name: otherOf(call, user.id).name })
    : outcome
      ? text(WORDS[outcome.kind], { name: outcome.other.name })
      : stage === 'idle' && trouble && trouble !== 'usersOnly'
        ? troubleWords(trouble)
        : undefined;
  useEffect(() => {
    if (words !== undefined) announce(words);
  }, [words, outcome]);
  if (words === undefined) return null;
  const again = outcome && AGAIN[outcome.kind];
  return (
    <Toast key={outcome?.callId ?? words}>
      <Notice
        kind={trouble ? 'danger' : 'info'}
        actions={
          isElsewhere ? (
            <>
              <Button kind="primary" class="button-small" onClick={phone.join}>
                {text('elsewhere.take')}
              </Button>
              <Button kind="danger" class="button-small" onClick={phone.leave}>
                {text('call.hangUp')}
              </Button>
            </>
          ) : (
            <>
              {outcome && again && (
                <Button
                  kind="primary"
                  class="button-small"
                  onClick={() => {
                    desk.missed.remove(outcome.callId);
                    phone.ring(outcome.other);
                  }}
                >
                  {text(again)}
                </Button>
              )}
              <Button class="button-small" onClick={phone.dismiss}>
                {text('dialog.close')}
              </Button>
            </>
          )
        }
      >
        {words}
      </Notice>
    </Toast>
  );
}
