/**
 * A visitor's way into a meeting that is open to everybody with its link, and out of it: states, what moves
 * between them, and nothing else. What is to be done follows from the state, see visit.ts.
 */
import type { Reason } from '../api/refusal';
import type { Departure } from '../media/departure';

export type Stage =
  /** The server is asked whether there is such a meeting. */
  | 'looking'
  /** Name and preview. */
  | 'preparing'
  | 'joining'
  | 'inRoom'
  /** Something ended the call: the server is asked whether the meeting goes on. */
  | 'checking'
  | 'over';

/** Each has words of its own. */
export type Ending = 'left' | 'unknown' | 'deleted' | 'elsewhere' | 'putOut';

export interface VisitState {
  readonly stage: Stage;
  /** How many were in the meeting when we looked. */
  readonly present?: number;
  /** Why the server is asked. */
  readonly why?: Departure;
  /** The stay had hardly begun. */
  readonly wasShort?: boolean;
  readonly ending?: Ending;
  /** What went wrong, to be said on the view that it happened in. */
  readonly trouble?: Reason | Departure;
}

export type VisitEvent =
  | { readonly type: 'found'; readonly present: number }
  | { readonly type: 'refused'; readonly reason: Reason }
  | { readonly type: 'go' }
  | { readonly type: 'joined' }
  /** The call is over, or did not come about. */
  | { readonly type: 'out'; readonly why: Departure; readonly wasShort: boolean }
  | { readonly type: 'leave' };

/** stage × event → whether it is taken. A pair that is absent is old news, and changes nothing. */
export const VISIT_FLOW = {
  looking: ['found', 'refused', 'leave'],
  preparing: ['go'],
  joining: ['joined', 'out', 'refused', 'leave'],
  inRoom: ['out', 'leave'],
  checking: ['found', 'refused', 'leave'],
  over: ['go'],
} as const satisfies Record<Stage, readonly VisitEvent['type'][]>;

/** Refusals that time heals. */
export const isPassing = (trouble: VisitState['trouble']): boolean =>
  trouble === 'offline' || trouble === 'busy' || trouble === 'tooManyTries';

export function nextVisitState(state: VisitState, event: VisitEvent): VisitState {
  const taken: readonly string[] = VISIT_FLOW[state.stage];
  if (!taken.includes(event.type)) return state;
  const next = NEXT[event.type] as (state: VisitState, event: VisitEvent) => VisitState;
  return next(state, event);
}

const NEXT: {
  readonly [Type in VisitEvent['type']]: (
    state: VisitState,
    event: Extract<VisitEvent, { type: Type }>,
  ) => VisitState;
} = {
  found: (state, { present }) => found(state, present),
  refused: (state, { reason }) => refused(state, reason),
  go: () => ({ stage: 'joining' }),
  joined: () => ({ stage: 'inRoom' }),
  out: (state, event) => out(state, event),
  leave: () => over('left'),
};

const over = (ending: Ending): VisitState => ({ stage: 'over', ending });

/** The meeting goes on, so whoever was cut off is led back; whoever was sent out decides for themselves. */
function found({ stage, why, wasShort }: VisitState, present: number): VisitState {
  if (stage === 'looking') return { stage: 'preparing', present };
  if (why === 'putOut') return over('putOut');
  // Back and out again at once, and so on: a person may know better.
  return why !== undefined && wasShort ? { stage: 'preparing', present, trouble: why } : { stage: 'joining' };
}

function refused(state: VisitState, reason: Reason): VisitState {
  if (reason === 'noSuchMeeting') return over(state.stage === 'checking' ? 'deleted' : 'unknown');
  // What we ask with is the id alone, so it is none.
  if (reason === 'badInput' && state.stage === 'looking') return over('unknown');
  // Until it is known whether there is a meeting there is nothing else to do than to ask again.
  if (isPassing(reason) && state.stage !== 'joining') return { ...state, trouble: reason };
  return { stage: 'preparing', trouble: reason };
}

function out({ stage }: VisitState, { why, wasShort }: Extract<VisitEvent, { type: 'out' }>): VisitState {
  if (why === 'elsewhere') return over('elsewhere');
  return stage === 'inRoom' ? { stage: 'checking', why, wasShort } : { stage: 'preparing', trouble: why };
}
