/** What is said by one socket, from its opening to its end: first whom it is about, then everything of a stay. */
import type { WebSocket } from 'ws';
import { HmsError } from '../errors';
import type { Door } from '../joining';
import { JOIN_SECONDS } from '../limits';
import type { Hall, Visitor } from './hall';
import { actOn } from './acts';
import type { Said } from './messages';
import { policyFor } from './policy';
import type { Stay } from './stay';
import { Wire } from './wire';

/** RFC 6455, 7.4.1: the page went away, or the tab was closed. */
const GOING_AWAY = 1001;

export function converse(socket: WebSocket, visitor: Visitor, hall: Hall, door: Door): void {
  const { admission, peerId } = visitor;
  const { role, room } = admission;
  let stay: Stay | undefined;
  const wire: Wire = new Wire(socket, {
    said: (said) => answer(said),
    closed: (status) => {
      clearTimeout(patience);
      if (stay) hall.lose(stay, wire, status === GOING_AWAY);
    },
  });
  const patience = setTimeout(() => {
    if (!stay) wire.close(1008, 'nobody joined');
  }, JOIN_SECONDS * 1000).unref();

  const answer = async (said: Said): Promise<object> => {
    switch (said.method) {
      case 'ping':
        return { timestamp: Date.now() };
      case 'trickle':
      case 'analytics':
        return {};
      case 'join': {
        if (stay) throw new HmsError(400, 'joined already');
        const joined = await hall.join(visitor, said.params, wire);
        ({ stay } = joined);
        const told = stay;
        setImmediate(() => hall.tellWhoIsThere(told));
        return joined.answer;
      }
      default:
        if (!stay || stay.peer.left) throw new HmsError(400, 'not in the room');
        return actOn(said, { stay, hall, door });
    }
  };

  wire.notify('on-policy-change', policyFor(role, door.roles, room.settings.templateId));
  stay = hall.stayOf(peerId, admission);
  if (stay) {
    hall.continueBy(stay, wire);
    hall.tellWhoIsThere(stay);
  }
}
