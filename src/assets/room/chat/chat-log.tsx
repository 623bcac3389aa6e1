/** What was said, the newest below. It stays with the newest until somebody looks further up. */
import { useEffect, useState } from 'preact/hooks';
import { Icon } from '../../parts/icon';
import { text } from '../../texts/text';
import type { Chat } from './chat';
import type { Message } from './message';
import { MessageItem } from './message-item';
import { useAtEnd } from './at-end';

/** So close in time to the one before it by the same person that name and time are not said again. */
const TOGETHER_MS = 3 * 60_000;

export function ChatLog({ chat }: { readonly chat: Chat }) {
  const messages = chat.messages.value;
  const { ref, isAtEnd, goToEnd } = useAtEnd<HTMLDivElement>(messages);
  const mark = useMark(chat, isAtEnd);
  useLookedAt(chat, isAtEnd);
  const unread = chat.unread.value;
  return (
    <div class="chat-said">
      <div class="chat-log" role="log" aria-label={text('chat.log')} tabIndex={0} ref={ref}>
        {messages.length === 0 && <p class="chat-empty soft">{text('chat.empty')}</p>}
        {messages.map((message, index) => (
          <MessageItem
            key={message.id}
            message={message}
            isFirst={message.id === mark || !isTogether(messages[index - 1], message)}
            isMarked={message.id === mark}
            onAgain={() => chat.again(message.id)}
          />
        ))}
      </div>
      {!isAtEnd && (
        <button type="button" class="chat-jump" onClick={goToEnd}>
          <Icon name="down" size={18} />
          {unread > 0 ? text('chat.unread', { count: unread }) : text('chat.newest')}
        </button>
      )}
    </div>
  );
}

const isTogether = (before: Message | undefined, after: Message): boolean =>
  before?.from === after.from && before.own === after.own && after.at - before.at < TOGETHER_MS;

/** Where what is new begins; gone as soon as one says something oneself. */
function useMark({ messages, unread }: Chat, isAtEnd: boolean): string | undefined {
  const count = unread.value;
  const [mark, setMark] = useState(() => firstUnread(messages.peek(), count));
  const last = messages.value.at(-1);
  useEffect(() => {
    if (count > 0 && !isInSight(isAtEnd)) setMark(firstUnread(messages.peek(), count));
  }, [count]);
  useEffect(() => {
    if (last?.own && last.state === 'sending') setMark(undefined);
  }, [last]);
  return mark;
}

const isInSight = (isAtEnd: boolean): boolean => isAtEnd && document.visibilityState === 'visible';

const firstUnread = (messages: readonly Message[], count: number): string | undefined =>
  count === 0 ? undefined : messages.filter(({ own }) => !own).at(-count)?.id;

/** What is in sight of somebody who looks at the page is not new any more. */
function useLookedAt(chat: Chat, isAtEnd: boolean): void {
  const unread = chat.unread.value;
  useEffect(() => {
    const look = (): void => {
      if (isInSight(isAtEnd)) chat.seen();
    };
    look();
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [chat, isAtEnd, unread]);
}
