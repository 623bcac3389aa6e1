/** Over the tiles while the chat is closed: who has just said what. It goes by itself; the badge on the control stays. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../../parts/icon';
import { text } from '../../texts/text';
import { announce } from '../../view/announce';
import { nameOf } from '../name-of';
import type { Chat } from './chat';
import { useChatSound } from './chat-sound';
import type { Message } from './message';

const SHOWN_MS = 8_000;
/** As much as is read in passing. */
const START_CHARACTERS = 120;

interface ChatNewsProps {
  readonly chat: Chat;
  readonly onShow: () => void;
}

export function ChatNews({ chat, onShow }: ChatNewsProps) {
  const newest = useNewest(chat);
  useChatSound(chat, true);
  if (!newest) return null;
  const name = nameOf(newest);
  const words = startOf(newest.text);
  return (
    <button
      type="button"
      class="chat-news"
      aria-label={text('chat.openFrom', { name, words })}
      onClick={onShow}
    >
      <Icon name="chat" />
      <span class="chat-news-words">
        <strong>
          <bdi>{name}</bdi>
        </strong>
        <span dir="auto">{words}</span>
      </span>
    </button>
  );
}

/** The last of the others' messages, for a while after it came. */
function useNewest({ messages, unread }: Chat): Message | undefined {
  const last = messages.value.findLast(({ own }) => !own);
  const known = useRef(last?.id);
  const [shown, setShown] = useState<Message>();
  useEffect(() => {
    if (!last || last.id === known.current) return undefined;
    known.current = last.id;
    setShown(last);
    announce(text('chat.from', { name: nameOf(last), words: startOf(last.text) }));
    const timer = setTimeout(() => setShown(undefined), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [last?.id]);
  return unread.value > 0 ? shown : undefined;
}

const startOf = (words: string): string => {
  const line = words.replaceAll('\n', ' ');
  if (line.length <= START_CHARACTERS) return line;
  // Not in the middle of one that is written as two.
  return `${line.slice(0, START_CHARACTERS).replace(/[\ud800-\udbff]$/, '')}…`;
};
