/** Somebody calls: who it is, how one would look, and the two answers. */
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { UserEntry } from '../../api/calls';
import type { OwnMedia } from '../devices/own-media';
import { Preview } from '../devices/preview';
import { Button } from '../parts/button';
import { Initial } from '../parts/list';
import { Notice } from '../parts/notice';
import { text } from '../texts/text';
import { troubleWords } from '../texts/trouble';
import type { Phone } from './phone';

interface RingingProps {
  readonly phone: Phone;
  readonly media: OwnMedia;
  readonly caller: UserEntry;
}

export function Ringing({ phone, media, caller }: RingingProps) {
  const id = useId();
  const ref = useModal();
  const { stage, trouble } = phone.state.value;
  const isAnswering = stage === 'answering';
  return (
    <dialog
      ref={ref}
      class="dialog ringing"
      role="alertdialog"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-words`}
      // Nobody declines a call by a key that was meant for something else.
      onKeyDown={(event) => event.key === 'Escape' && event.preventDefault()}
      onCancel={(event) => event.preventDefault()}
    >
      <div class="stack">
        <div class="ringing-who">
          <Initial name={caller.name} />
          <div>
            <h2 id={`${id}-title`} tabIndex={-1}>
              {text('ringing.title', { name: caller.name })}
            </h2>
            <p id={`${id}-words`} class="soft">
              {caller.location || text('ringing.words')}
            </p>
          </div>
        </div>
        <div class="ringing-answers">
          <Button kind="danger" icon="leave" onClick={phone.leave}>
            {text('ringing.decline')}
          </Button>
          <Button kind="primary" icon="camera" busy={isAnswering} onClick={phone.accept}>
            {text('ringing.accept')}
          </Button>
        </div>
        {trouble && trouble !== 'usersOnly' && <Notice kind="danger">{troubleWords(trouble)}</Notice>}
        <Preview media={media} />
      </div>
    </dialog>
  );
}

/**
 * The heading has the focus, so that no key that is being typed answers. Where a browser closes dialogs against the
 * page's will, as for the second Escape, it is opened again.
 */
function useModal() {
  const ref = useRef<HTMLDialogElement>(null);
  const [reopened, reopen] = useState(0);
  useLayoutEffect(() => {
    const dialog = ref.current;
    if (!dialog) return undefined;
    if (!dialog.open) dialog.showModal();
    dialog.querySelector<HTMLElement>('h2')?.focus();
    const closed = (): void => reopen((count) => count + 1);
    dialog.addEventListener('close', closed, { once: true });
    return () => {
      dialog.removeEventListener('close', closed);
    };
  }, [reopened]);
  // While it is still there: then the focus goes back to where it was.
  useLayoutEffect(() => {
    const dialog = ref.current;
    return () => dialog?.close();
  }, []);
  return ref;
}
