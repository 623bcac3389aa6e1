/**
 * Somebody's way into a room, and out of it: states, what moves between them, and nothing else. What is to be done
 * follows from the state, see stay.ts.
 */
import type { Reason } from '../api/refusal';
import type { Departure } from '../media/departure';

export type Stage =
  /** Nobody knows yet who this is. */
  | 'naming'
  /** The server is asked for a token. */
  | 'asking'
  /** It said no, or nothing: a person decides whether to ask again. */
  | 'stuck'
  /** Name and preview. */
  | 'preparing'
  | 'joining'
  | 'inRoom'
  | 'over';

/** Each has words of its own. */
export type Ending = 'unknown' | 'closed' | 'putOut' | 'elsewhere';

export interface StayState {
  readonly stage: Stage;
  /** Was in the room before, and is led back without being asked. */
  readonly isBack?: boolean;
  readonly ending?: Ending;
  /** What went wrong, to be said on the view that it happened in. */
  readonly trouble?: Reason | Departure;
}

export type StayEvent =
  | { readonly type: 'named' }
  /** There is a token. */
  | { readonly type: 'answered' }
  | { readonly type: 'refused'; readonly reason: Reason }
  | { readonly type: 'go' }
  | { readonly type: 'joined' }
  /** The call is over, or did not come about. */
  | { readonly type: 'out'; readonly why: Departure; readonly wasShort: boolean };

/** stage × event → whether it is taken. A pair that is absent is old news, and changes nothing. */
export const STAY_FLOW = {
  naming: ['named'],
  asking: ['answered', 'refused'],
  stuck: ['go'],
  preparing: ['go'],
  joining: ['joined', 'out', 'refused'],
  inRoom: ['out'],
  over: ['go'],
} as const satisfies Record<Stage, readonly StayEvent['type'][]>;

export function nextStayState(state: StayState, event: StayEvent): StayState {
  const taken: readonly string[] = STAY_FLOW[state.stage];
  if (!taken.includes(event.type)) return state;
  const next = NEXT[event.type] as (state: StayState, event: StayEvent) => StayState;
  return next(state, event);
}

const NEXT: {
  readonly [Type in StayEvent['type']]: (
    state: StayState,
    event: Extract<StayEvent, { type: Type }>,
  ) => StayState;
} = {
  named: () => ({ stage: 'asking' }),
  answered: ({ isBack }) => (isBack ? { stage: 'joining' } : { stage: 'preparing' }),
  refused: ({ stage }, { reason }) => {
    if (reason === 'noSuchMeeting') return { stage: 'over', ending: 'unknown' };
    return { stage: stage === 'joining' ? 'preparing' : 'stuck', trouble: reason };
  },
  go: ({ stage }) => (stage === 'preparing' ? { stage: 'joining' } : { stage: 'asking' }),
  joined: () => ({ stage: 'inRoom' }),
  out: (state, event) => out(state, event),
};

function out({ stage }: StayState, { why, wasShort }: Extract<StayEvent, { type: 'out' }>): StayState {
  if (why === 'elsewhere') return { stage: 'over', ending: why };
  if (stage === 'inRoom' && (why === 'putOut' || why === 'closed')) return { stage: 'over', ending: why };
  // Whoever was cut off is led back; in and out again at once, and so on: a person may know better.
  return stage === 'inRoom' && !wasShort
    ? { stage: 'asking', isBack: true }
    : { stage: 'preparing', trouble: why };
}
