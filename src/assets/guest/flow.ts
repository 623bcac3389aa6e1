/**
 * A guest's way from the name to the room and out of it: states, what moves between them, and nothing else.
 * Whatever happens outside (server, waiting room, call) comes in as an event; what is to be done follows from
 * the state, see guest.ts.
 */
import type { Reason } from '../api/refusal';
import type { GuestView } from '../lobby/guest-view';
import type { Departure } from '../media/departure';

export type Stage =
  /** Name and preview. */
  | 'preparing'
  /** The server is asked for a place in the waiting room. */
  | 'asking'
  | 'waiting'
  /** Let in, on the way into the room. */
  | 'joining'
  | 'inRoom'
  /** Something ended the call or the wait, or the page was loaded again: the server is asked where we stand. */
  | 'checking'
  /** It does not go on by itself; one may try again. */
  | 'stuck'
  | 'over';

/** Each has words of its own. */
export type Ending = 'left' | 'denied' | 'removed' | 'ended' | 'wrongNumber' | 'elsewhere' | 'putOut';

/** What went wrong on the way, to be said on the view that it happened in. */
export type Trouble = Reason | Departure;

export interface GuestState {
  readonly stage: Stage;
  /** The room that is being joined, or that we are in. */
  readonly roomId?: string;
  /** A room that has closed: while the waiting room still names it, there is nothing to join. */
  readonly closedRoomId?: string;
  /** Waiting, but not for a decision: the meeting has not begun, or is paused. */
  readonly isLetIn?: boolean;
  /** Waiting, as far as we know: the page has slept, and is finding out. */
  readonly isOld?: boolean;
  /** Why the server is asked. */
  readonly why?: Departure;
  readonly ending?: Ending;
  readonly trouble?: Trouble;
}

/** After which the ticket may still be good, but nobody is led back without asking for it. */
const KEPT_ENDINGS: readonly string[] = ['left', 'elsewhere', 'putOut'] satisfies Ending[];

/** @param lastEnding how it ended in this tab, before the page was loaded again */
export function firstState(hasTicket: boolean, lastEnding: string | undefined): GuestState {
  if (!hasTicket) return { stage: 'preparing' };
  const isOver = lastEnding !== undefined && KEPT_ENDINGS.includes(lastEnding);
  return isOver ? { stage: 'over', ending: lastEnding as Ending } : { stage: 'checking' };
}

export type GuestEvent =
  | { readonly type: 'ask' }
  /** Back from an ending, with the ticket. */
  | { readonly type: 'again' }
  | { readonly type: 'entered' }
  | { readonly type: 'refused'; readonly reason: Reason }
  | { readonly type: 'shown'; readonly view: GuestView }
  /** What is shown may have passed. */
  | { readonly type: 'doubt' }
  | { readonly type: 'joined' }
  /** The call is over, or did not come about. */
  | { readonly type: 'out'; readonly why: Departure }
  | { readonly type: 'leave' };

/** stage × event → whether it is taken. A pair that is absent is old news, and changes nothing. */
export const GUEST_FLOW = {
  preparing: ['ask', 'again'],
  asking: ['entered', 'refused', 'leave'],
  waiting: ['shown', 'refused', 'leave', 'doubt'],
  joining: ['joined', 'out', 'refused', 'shown', 'leave'],
  inRoom: ['out', 'leave'],
  checking: ['entered', 'refused', 'leave'],
  stuck: ['again', 'shown', 'leave'],
  over: ['again', 'ask'],
} as const satisfies Record<Stage, readonly GuestEvent['type'][]>;

/** Refusals after which there is nothing to try. */
const ENDINGS: Readonly<Partial<Record<Reason, Ending>>> = {
  denied: 'denied',
  removed: 'removed',
  ended: 'ended',
  noSuchMeeting: 'wrongNumber',
};

/** Refusals that time heals; the place in line is kept meanwhile. */
export const isPassing = (trouble: Trouble | undefined): boolean =>
  trouble === 'offline' || trouble === 'busy' || trouble === 'tooManyTries';

export function nextGuestState(state: GuestState, event: GuestEvent): GuestState {
  const taken: readonly string[] = GUEST_FLOW[state.stage];
  if (!taken.includes(event.type)) return state;
  const { closedRoomId } = state;
  const keep = closedRoomId === undefined ? {} : { closedRoomId };
  const next = NEXT[event.type] as (state: GuestState, event: GuestEvent, keep: Keep) => GuestState;
  return next(state, event, keep);
}

type Keep = Pick<GuestState, 'closedRoomId'>;

const NEXT: {
  readonly [Type in GuestEvent['type']]: (
    state: GuestState,
    event: Extract<GuestEvent, { type: Type }>,
    keep: Keep,
  ) => GuestState;
} = {
  ask: () => ({ stage: 'asking' }),
  again: (_, __, keep) => ({ stage: 'checking', ...keep }),
  entered: (state, _, keep) => entered(state, keep),
  refused: (state, { reason }, keep) => refused(state, reason, keep),
  shown: (state, { view }, keep) => shown(state, view, keep),
  doubt: (state) => ({ ...state, isOld: true }),
  joined: (state) => ({ ...state, stage: 'inRoom' }),
  out: (state, { why }, keep) => out(state, why, keep),
  leave: () => over('left'),
};

const over = (ending: Ending): GuestState => ({ stage: 'over', ending });

/** The server still knows us, so we are neither removed nor is the meeting over. */
function entered({ why }: GuestState, keep: Keep): GuestState {
  if (why === 'elsewhere' || why === 'putOut') return over(why);
  return { stage: 'waiting', ...keep };
}

function refused(state: GuestState, reason: Reason, keep: Keep): GuestState {
  const ending = ENDINGS[reason];
  if (ending) return over(ending);
  if (reason === 'staleTicket') return { stage: 'preparing' };
  if (state.stage === 'asking') return { stage: 'preparing', trouble: reason };
  if (isPassing(reason))
    return state.stage === 'joining' ? stuck(reason, keep) : { ...state, trouble: reason };
  if (reason === 'staleRoom' && state.roomId !== undefined) {
    return { stage: 'waiting', isLetIn: true, closedRoomId: state.roomId };
  }
  if (reason === 'notListed') return { stage: 'checking', ...keep };
  if (reason === 'notAdmitted') return { stage: 'waiting', ...keep };
  return stuck(reason, keep);
}

const stuck = (trouble: Trouble, keep: Keep): GuestState => ({ stage: 'stuck', trouble, ...keep });

function shown(state: GuestState, view: GuestView, keep: Keep): GuestState {
  if (view.state === 'ended') return over('ended');
  // Denied or removed: the document does not say which, the server does.
  if (view.state === 'denied') return { stage: 'checking', ...keep };
  if (state.stage !== 'waiting') return state;
  if (view.state === 'waiting') return { stage: 'waiting', ...keep };
  if (view.room_id === undefined || view.room_id === keep.closedRoomId) {
    return { stage: 'waiting', isLetIn: true, ...keep };
  }
  return { stage: 'joining', roomId: view.room_id };
}

function out(state: GuestState, why: Departure, keep: Keep): GuestState {
  const closed = why === 'closed' && state.roomId !== undefined ? { closedRoomId: state.roomId } : keep;
  if (state.stage === 'inRoom') return { stage: 'checking', why, ...closed };
  if (why === 'closed') return { stage: 'waiting', isLetIn: true, ...closed };
  if (why === 'elsewhere' || why === 'putOut') return { stage: 'checking', why, ...closed };
  return stuck(why, closed);
}
