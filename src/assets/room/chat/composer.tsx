/** The field in which one writes: Enter sends it; where there is no keyboard but on the screen, the button does. */
import type { RefObject } from 'preact';
import { useId, useLayoutEffect } from 'preact/hooks';
import { Icon } from '../../parts/icon';
import { text } from '../../texts/text';
import { useMedia } from '../../view/wide';
import type { Chat } from './chat';
import { MOST_CHARACTERS } from './message';
import { isVisible } from './plain';

/** From so few on it is said how many are left. */
const COUNTED_FROM = 200;

interface ComposerProps {
  readonly chat: Chat;
  readonly field: RefObject<HTMLTextAreaElement | null>;
}

export function Composer({ chat, field }: ComposerProps) {
  const id = useId();
  const draft = chat.draft.value;
  const isTouched = useMedia('(pointer: coarse)');
  const left = MOST_CHARACTERS - draft.length;
  // As high as what is in it; the styles say how high at most.
  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    element.style.blockSize = 'auto';
    element.style.blockSize = `${element.scrollHeight + element.offsetHeight - element.clientHeight}px`;
  }, [draft]);
  const send = (): void => {
    if (!isVisible(draft)) return;
    chat.send(draft);
    chat.draft.value = '';
    field.current?.focus();
  };
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <label class="unseen" for={id}>
        {text('chat.write')}
      </label>
      <textarea
        id={id}
        ref={field}
        rows={1}
        dir="auto"
        maxLength={MOST_CHARACTERS}
        placeholder={text('chat.write')}
        autoComplete="off"
        aria-describedby={left <= COUNTED_FROM ? `${id}-left` : undefined}
        value={draft}
        onInput={(event) => (chat.draft.value = event.currentTarget.value)}
        onKeyDown={(event) => {
          if (!isToSend(event, isTouched)) return;
          event.preventDefault();
          send();
        }}
      />
      <button type="submit" class="composer-send" aria-label={text('chat.send')}>
        <Icon name="send" />
      </button>
      {left <= COUNTED_FROM && (
        <p id={`${id}-left`} class="composer-left small soft" role="status">
          {text('chat.left', { count: left })}
        </p>
      )}
    </form>
  );
}

/** An Enter that picks a word from a list of suggestions is none; Safari says so by its code alone. */
function isToSend(event: KeyboardEvent, isTouched: boolean): boolean {
  const { key, shiftKey, ctrlKey, metaKey, altKey, isComposing, keyCode } = event;
  if (key !== 'Enter' || shiftKey || altKey || isComposing || keyCode === 229) return false;
  return !isTouched || ctrlKey || metaKey;
}
