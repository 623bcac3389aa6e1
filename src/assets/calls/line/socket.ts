/** By a gateway's WebSocket, where there is a gateway. */
import type { CallEvent } from '../../../api/calls';
import { userToken } from '../../api/user-token';
import { openGatewaySocket } from '../../live/gateway-socket';
import { newsIn, type OpenWire } from './wire';

export const openSocket: OpenWire = async (me, lastEventId, events) => {
  const socket = await openGatewaySocket(
    { ...me, last_event_id: lastEventId, access_token: userToken() },
    {
      heard: (message) => {
        const event = eventIn(message);
        if (event) events.told(newsIn(event));
      },
      over: events.over,
    },
  );
  return { via: 'socket', close: () => socket.close() };
};

function eventIn(message: unknown): CallEvent | undefined {
  const event = message as Partial<CallEvent> | null;
  return event?.id && event.type && event.call ? (event as CallEvent) : undefined;
}
