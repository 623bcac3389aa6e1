/** The waiting room for its host, who is told, too, whether invitations can be sent from here. */
import { senderSettings } from '../config/messaging';
import { readSettings } from '../config/settings';
import type { HostsWaitingRoomServices } from '../ports/services';
import type { Compose } from './request-scope';
import { waitingRoom } from './waiting-room';

export const hostsWaitingRoom: Compose<HostsWaitingRoomServices> = (scope) => ({
  room: waitingRoom(scope),
  textMessages: readSettings(scope.environment, senderSettings),
});
