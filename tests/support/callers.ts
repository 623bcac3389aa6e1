/** People who call each other, from sockets at gateways and from browsers on the push channel. */
import { answerCall } from '../../src/app/answer-call';
import { checkCalls } from '../../src/app/check-calls';
import { connectSocket } from '../../src/app/connect-socket';
import { connectUser } from '../../src/app/connect-user';
import { disconnectSockets } from '../../src/app/disconnect-sockets';
import { disconnectUser } from '../../src/app/disconnect-user';
import { endCall } from '../../src/app/end-call';
import { showCall } from '../../src/app/find-call';
import { noteUserPresence } from '../../src/app/note-user-presence';
import type { Caller } from '../../src/app/services';
import { startCall } from '../../src/app/start-call';
import type { CallMessage } from '../../src/domain/call';
import type { ChannelPass } from '../../src/ports/call-events';
import type { CallsWorld } from './calls-world';

export const ANYBODY: Caller = { client: '127.0.0.1', user: 'anonymous' };

/** A gateway that is up, as its mailboxes are known. */
export interface Gateway {
  readonly id: string;
  readonly lists: readonly string[];
}

let made = 0;

/** What people and gateways ask of the use cases, each request with services of its own. */
export function callers(world: CallsWorld) {
  const services = () => world.services();
  return {
    gateway: async (): Promise<Gateway> => {
      const id = (made += 1).toString(16).padStart(32, '0');
      return { id, lists: (await services().gateways.renew(id)).lists };
    },
    renew: ({ id }: Gateway) => services().gateways.renew(id),
    connect: (id: string, { id: gateway }: Gateway, socket = 's', lastEventId?: string) =>
      connectSocket(services(), ANYBODY, { gateway, socket, id, name: `Name of ${id}`, lastEventId }),
    disconnect: (id: string, { id: gateway }: Gateway, socket = 's') =>
      disconnectSockets(services(), { gateway, sockets: [{ socket, id }] }),
    open: (id: string, identity?: string) =>
      connectUser(services(), ANYBODY, { id, name: `Name of ${id}`, identity }),
    close: (id: string, { identity }: ChannelPass) => disconnectUser(services(), ANYBODY, { id, identity }),
    webhook: ({ identity }: ChannelPass, connected: boolean) =>
      noteUserPresence(services(), { identity, connected }),
    start: (callerId: string, receiverId: string) => startCall(services(), ANYBODY, { callerId, receiverId }),
    answer: (callId: string, answer: 'ACCEPT' | 'DECLINE', userId?: string) =>
      answerCall(services(), ANYBODY, { callId, answer, userId }),
    end: (callId: string, userId: string) => endCall(services(), ANYBODY, { callId, userId }),
    show: (callId: string, userId?: string) => showCall(services(), ANYBODY, { callId, userId }),
    check: (...callIds: readonly string[]) => checkCalls(services(), { callIds }),
    line: async (userId: string) => (await services().lines.find(userId)).call,

    /** What this gateway was told for somebody, each call's messages in their order. */
    told: async ({ lists }: Gateway, userId: string): Promise<CallMessage[]> =>
      (await world.mailboxes(lists)).flatMap(({ to, message }) =>
        message && to?.users.includes(userId) ? [message as CallMessage] : [],
      ),
  };
}

/** As receivers take it: what is not later than what they have had of a call is dropped. */
export function taken(messages: readonly CallMessage[]): CallMessage[] {
  const latest = new Map<string, number>();
  return messages.filter(({ id, call }) => {
    const step = Number(id.slice(id.lastIndexOf(':') + 1));
    if (step <= (latest.get(call.id) ?? 0)) return false;
    latest.set(call.id, step);
    return true;
  });
}
