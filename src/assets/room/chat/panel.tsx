/** The chat among what can be shown beside the call. */
import { text } from '../../texts/text';
import type { Panel } from '../panel';
import type { RoomSession } from '../session';
import { ChatNews } from './chat-news';
import { ChatPanel } from './chat-panel';

export const chatPanel = (session: RoomSession): Panel => {
  const unread = session.chat.unread.value;
  return {
    id: 'chat',
    icon: 'chat',
    label: text('chat.title'),
    names: {
      show: unread > 0 ? text('chat.showUnread', { count: unread }) : text('chat.show'),
      hide: text('chat.hide'),
    },
    badge: unread,
    news: (show) => <ChatNews key="chat" chat={session.chat} onShow={show} />,
    content: <ChatPanel session={session} />,
  };
};
