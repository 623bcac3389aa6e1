/** One message. What it says is text, whatever it looks like; only addresses of web pages can be followed. */
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
        {state === 'sending' && <p class="message-state small soft">{text('chat.sending')}</p>}
      </div>
    </>
  );
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
