/** The chat: what was said while one was there, and a field to say something to everybody. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Icon } from '../../parts/icon';
import { text } from '../../texts/text';
import { useWide } from '../../view/wide';
import type { RoomSession } from '../session';
import { isChatHeard, setChatHeard, useChatSound } from './chat-sound';
import { Composer } from './composer';
import { ChatLog } from './chat-log';
import { useKeyboardRoom } from './keyboard-room';

export function ChatPanel({ session }: { readonly session: RoomSession }) {
  const { chat, participants, connection } = session;
  const isWide = useWide();
  const field = useRef<HTMLTextAreaElement>(null);
  useKeyboardRoom();
  useChatSound(chat, false);
  // Whoever opens it beside the call wants to write, at once: letters beside a field are keys of the call.
  // On a phone the keyboard would hide what is to be read.
  useLayoutEffect(() => {
    if (isWide) field.current?.focus({ preventScroll: true });
  }, []);
  return (
    <section class="chat" aria-label={text('chat.title')}>
      <div class="chat-head">
        {isWide && <h2>{text('chat.title')}</h2>}
        <p class="small soft">{text('chat.words')}</p>
        <SoundChoice />
      </div>
      <ChatLog chat={chat} />
      <div class="chat-foot">
        {connection.value === 'reconnecting' ? (
          <p class="small soft">{text('chat.held')}</p>
        ) : (
          participants.value.length === 0 && <p class="small soft">{text('chat.alone')}</p>
        )}
        <Composer chat={chat} field={field} />
      </div>
    </section>
  );
}

function SoundChoice() {
  const isHeard = isChatHeard.value;
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={text('chat.sound')}
      aria-pressed={isHeard}
      onClick={() => setChatHeard(!isHeard)}
    >
      <Icon name={isHeard ? 'sound' : 'soundOff'} />
    </button>
  );
}
