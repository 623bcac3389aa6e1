/** What the host says to those who wait: over the page until it was read, then below. */
import { useEffect, useState } from 'preact/hooks';
import type { HostMessage } from '../../api/meetings';
import { kept } from '../keep/kept';
import { chime, vibrate } from '../live/chime';
import { Button } from '../parts/button';
import { Icon } from '../parts/icon';
import { momentOf, text } from '../texts/text';
import { announce } from '../view/announce';
import type { Guest } from './guest';
import { keyOf, newsIn } from './messages';

const NOTES_HZ = [659.3, 784];
const LOUDNESS = 0.1;
const VIBRATION = [150];

export interface Messages {
  /** The newest, while it was not read: over the page, where more than one would hide it. */
  readonly unread: HostMessage | undefined;
  /** All others, newest first. */
  readonly others: readonly HostMessage[];
  /** And all that came before it. */
  readonly setRead: (message: HostMessage) => void;
}

export function useMessages({ meetingId, place }: Guest): Messages {
  const messages = place.messages.value;
  const keptRead = kept(`${meetingId}.read`);
  const [readUntil, setReadUntil] = useState(() => keptRead.read());
  const [unread] = newsIn(messages, readUntil);
  useNews(unread);
  return {
    unread,
    others: messages.filter((message) => message !== unread),
    setRead: ({ sent_at }) => {
      keptRead.keep(sent_at);
      setReadUntil(sent_at);
    },
  };
}

/** Said to those who listen to the page, and heard by those who look elsewhere. */
function useNews(newest: HostMessage | undefined): void {
  useEffect(() => {
    if (!newest) return;
    announce(text('waiting.messageNews', { words: newest.text }), true);
    if (document.visibilityState === 'visible') return;
    chime(NOTES_HZ, LOUDNESS);
    vibrate(VIBRATION);
  }, [newest?.sent_at]);
}

export function MessageNotice({
  message,
  onRead,
}: {
  readonly message: HostMessage;
  readonly onRead: (message: HostMessage) => void;
}) {
  return (
    <div class="notice notice-info host-message">
      <Icon name="chat" />
      <div class="notice-words">
        <Words message={message} />
      </div>
      <Button class="button-small" onClick={() => onRead(message)}>
        {text('waiting.read')}
      </Button>
    </div>
  );
}

function Words({ message: { text: words, from: name, sent_at } }: { readonly message: HostMessage }) {
  const time = momentOf(new Date(sent_at));
  return (
    <>
      <strong class="small">
        {name ? text('waiting.from', { name, time }) : text('waiting.fromHost', { time })}
      </strong>
      <p dir="auto">{words}</p>
    </>
  );
}

/** Last in the page, where it moves nothing. */
export function PastMessages({ messages }: { readonly messages: readonly HostMessage[] }) {
  if (messages.length === 0) return null;
  return (
    <section class="stack past-messages" aria-labelledby="past-messages">
      <h2 id="past-messages">{text('waiting.messages')}</h2>
      <ul class="stack">
        {messages.map((message) => (
          <li key={keyOf(message)} class="past-message">
            <Words message={message} />
          </li>
        ))}
      </ul>
    </section>
  );
}
