/** What a gateway says of rooms, as it comes over the socket. */
import type { RoomState } from '../../api/rooms';
import { type Reason, refusalOf } from '../api/refusal';

export type RoomLineEvent =
  | { readonly type: 'room'; readonly roomId: string; readonly userIds: readonly string[] }
  | {
      readonly type: 'update';
      readonly roomId: string;
      readonly userId: string;
      readonly action: 'joined' | 'left';
    }
  | { readonly type: 'error'; readonly message: string };

/** @returns undefined for what is no news of a room */
export function eventIn(message: unknown): RoomLineEvent | undefined {
  const { event, data } = (message ?? {}) as { readonly event?: string; readonly data?: object };
  if (event === 'room') {
    const { roomId, userIds } = data as RoomState;
    return { type: 'room', roomId, userIds };
  }
  if (event === 'update') {
    const { roomId, userId, action } = data as Extract<RoomLineEvent, { type: 'update' }>;
    return { type: 'update', roomId, userId, action };
  }
  if (event === 'error') return { type: 'error', message: (data as { readonly message: string }).message };
  return undefined;
}

/** A socket has sentences in place of statuses. */
export function reasonIn(message: string): Reason {
  if (/no such room/.test(message)) return 'noSuchMeeting';
  if (/again/.test(message)) return 'busy';
  return refusalOf(403, JSON.stringify({ message })).reason;
}

const PASSING: ReadonlySet<Reason> = new Set(['offline', 'busy', 'tooManyTries', 'fault']);

/** Whether time heals it. */
export const isPassing = (reason: Reason): boolean => PASSING.has(reason);
