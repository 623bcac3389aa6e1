/** One message. What it says is text, whatever it looks like; only addresses of web pages can be followed. */
import { useEffect, useState } from 'preact/hooks';
import { Button } from '../../parts/button';
import { momentOf, text } from '../../texts/text';
import { nameOf } from '../name-of';
import { withLinks } from './links';
import type { Message } from './message';

interface MessageItemProps {
  readonly message: Message;
  /** It begins with name and time; otherwise only those who listen are told the name. */
  readonly isFirst: boolean;
  /** What is new begins here. */
  readonly isMarked: boolean;
  readonly onAgain: () => void;
}

export function MessageItem({ message, isFirst, isMarked, onAgain }: MessageItemProps) {
  const { own, state, at } = message;
  const name = own ? text('chat.you') : nameOf(message);
  return (
    <>
      {isMarked && (
        <p class="chat-mark small">
          <span>{text('chat.new')}</span>
        </p>
      )}
      <div class="message" data-own={own ? 'true' : undefined} data-first={isFirst ? 'true' : undefined}>
        <p class={isFirst ? 'message-head small' : 'unseen'}>
          <bdi>{name}</bdi> <time dateTime={new Date(at).toISOString()}>{momentOf(new Date(at))}</time>
        </p>
        <div class="message-text" dir="auto" data-state={state}>
          <Words of={message.text} />
        </div>
        {state === 'failed' && (
          <p class="message-failed small">
            {text('chat.failed')}
            <Button kind="quiet" class="button-small" onClick={onAgain}>
              {text('chat.again')}
            </Button>
          </p>
        )}
        {state === 'sending' && <Sending />}
      </div>
    </>
  );
}

/** Mostly it is sent before anybody could read that it is being sent. */
const SHOWN_AFTER_MS = 1_000;

function Sending() {
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), SHOWN_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return isLong ? <p class="small soft">{text('chat.sending')}</p> : null;
}

const Words = ({ of }: { readonly of: string }) => (
  <>
    {withLinks(of).map((piece, index) =>
      typeof piece === 'string' ? (
        piece
      ) : (
        <a key={index} href={piece.href} target="_blank" rel="noopener noreferrer">
          <bdi>{piece.words}</bdi>
        </a>
      ),
    )}
  </>
);
