/** For Sync's webhooks, which tell of connections of every kind. */
import type { ChannelPresenceServices } from '../ports/services';
import { calls } from './calls';
import type { Compose } from './request-scope';
import { waitingRoom } from './waiting-room';

export const channelPresence: Compose<ChannelPresenceServices> = (scope) => ({
  waiting: waitingRoom(scope),
  calling: calls(scope),
});
