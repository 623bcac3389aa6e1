/** Text between those in a 100ms room: broadcast messages, of a type of their own beside that of 100ms' own chat. */
import { HMSNotificationTypes } from '@100mslive/hms-video-store';
import { type CallEvents, whoIs } from '../media';
import type { Actions, Sdk } from './sdk';

const TYPE = 'data';

/** @throws when the room is away */
export const sendOver = (actions: Actions, text: string): Promise<void> =>
  actions.sendBroadcastMessage(text, TYPE);

/** @returns stops it */
export function hearData(
  { actions, store, notifications }: Sdk,
  events: Pick<CallEvents, 'data'>,
): () => void {
  // They are told all the same, and not kept.
  actions.ignoreMessageTypes([TYPE]);
  return notifications.onNotification(({ data: { type, message, sender = '', senderUserId } }) => {
    const from = senderUserId || store.getState().peers[sender]?.customerUserId;
    if (type === TYPE && typeof message === 'string' && from) events.data(whoIs(from).id, message);
  }, HMSNotificationTypes.NEW_MESSAGE);
}
