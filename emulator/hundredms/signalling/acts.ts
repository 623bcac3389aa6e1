/** What somebody in the room may say, and what follows from it; each with what it is answered by. */
import { randomUUID } from 'node:crypto';
import { HmsError, peerNotFound } from '../errors';
import type { Door } from '../joining';
import type { Hall } from './hall';
import type { Body, Said } from './messages';
import { type Permissions, permissionsOf } from './policy';
import type { Stay } from './stay';

export type SaidWithin = Exclude<Said, { method: 'ping' | 'trickle' | 'analytics' | 'join' }>;

interface Within {
  readonly stay: Stay;
  readonly hall: Hall;
  readonly door: Door;
}

type Acts = {
  readonly [M in SaidWithin['method']]: (within: Within, params: Body<M>) => object | Promise<object>;
};

const DONE = {};

const ACTS: Acts = {
  offer: ({ hall, stay }, params) => hall.publish(stay, params),
  answer: async ({ stay }, { desc }) => {
    await stay.answered(desc);
    return DONE;
  },
  'track-update': ({ hall, stay }, params) => {
    hall.updateTracks(stay, params);
    return DONE;
  },
  'peer-update': ({ hall, stay }, params) => {
    hall.updatePeer(stay, params);
    return DONE;
  },
  broadcast: ({ hall, stay }, params) => {
    const message = { message_id: randomUUID(), timestamp: Date.now() };
    hall.broadcast(stay, message, params);
    return message;
  },
  'peer-leave-request': (within, { requested_for: id, reason }) => {
    refuseUnless('removeOthers', within);
    const other = within.stay.peer.session.peers.get(id);
    if (!other) throw peerNotFound();
    within.door.state.leave(other, 'peer kicked', reason);
    return DONE;
  },
  'end-room': (within, params) => {
    refuseUnless('endRoom', within);
    within.door.state.end(within.stay.peer.room, params);
    return DONE;
  },
  leave: ({ hall, stay }) => {
    hall.leave(stay);
    return DONE;
  },
};

/** @throws {HmsError} in the vendor's words */
export function actOn({ method, params }: SaidWithin, within: Within): object | Promise<object> {
  const act = ACTS[method] as (within: Within, params: unknown) => object | Promise<object>;
  return act(within, params);
}

function refuseUnless(permission: keyof Permissions, { stay: { peer }, door }: Within): void {
  if (!permissionsOf(peer.role, door.roles)[permission]) throw new HmsError(403, 'permission denied');
}
