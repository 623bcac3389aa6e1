/**
 * One device's way through calls: states, what moves between them, and nothing else. The server decides what
 * becomes of a call; here is what that means for this device. What is to be done follows from the state, see
 * phone.ts.
 */
import type { CallResponse, UserEntry } from '../../api/calls';
import type { Reason } from '../api/refusal';
import type { Departure } from '../media/departure';
import { isLive, isReceiver, type Outcome, outcomeOf } from './outcome';

export type Stage =
  | 'idle'
  /** The server is asked to ring at the other side. */
  | 'placing'
  | 'dialling'
  | 'ringing'
  | 'answering'
  /** Both have agreed: into the room. */
  | 'joining'
  | 'inCall'
  /** The room is closed to us: the server is asked whether the call goes on. */
  | 'checking'
  /** The call goes on, on another device or in another tab of the same person. */
  | 'elsewhere';

export interface PhoneState {
  readonly stage: Stage;
  /** Whom we are about to call. */
  readonly callee?: UserEntry;
  /** In all stages but `idle` and `placing`. */
  readonly call?: CallResponse;
  /** In `idle`: what became of the last call, until it is put away. */
  readonly outcome?: Outcome;
  /** What went wrong, to be said on the view that it happened in. */
  readonly trouble?: Reason | Departure;
  /** In `checking`: it takes a press to come back into the room. */
  readonly isStuck?: boolean;
}

export type PhoneEvent =
  | { readonly type: 'place'; readonly callee: UserEntry }
  /** How a call stands by now, whoever has said so. */
  | { readonly type: 'told'; readonly call: CallResponse }
  /** The server's answer to `place`, or a call that this very tab was in before it was loaded again. */
  | { readonly type: 'mine'; readonly call: CallResponse }
  | { readonly type: 'accept' }
  | { readonly type: 'leave' }
  | { readonly type: 'joined' }
  /** `again`: coming back by itself may help. */
  | { readonly type: 'out'; readonly why: Departure; readonly again: boolean }
  | { readonly type: 'refused'; readonly reason: Reason | Departure; readonly again?: boolean }
  | { readonly type: 'takeOver' }
  | { readonly type: 'dismiss' };

/** stage × event → whether it is taken. A pair that is absent is old news, and changes nothing. */
export const PHONE_FLOW = {
  idle: ['place', 'told', 'mine', 'dismiss'],
  placing: ['mine', 'leave', 'refused'],
  dialling: ['told', 'leave'],
  ringing: ['told', 'accept', 'leave'],
  answering: ['told', 'mine', 'leave', 'refused'],
  joining: ['told', 'joined', 'out', 'refused', 'leave'],
  inCall: ['told', 'out', 'leave'],
  checking: ['told', 'takeOver', 'refused', 'leave'],
  elsewhere: ['told', 'takeOver', 'leave'],
} as const satisfies Record<Stage, readonly PhoneEvent['type'][]>;

/** Stages in which this very device has the call, also after a reload. */
const HERE: ReadonlySet<Stage> = new Set<Stage>(['dialling', 'answering', 'joining', 'inCall', 'checking']);

export const isHere = ({ stage }: PhoneState): boolean => HERE.has(stage);

/** Whether this device's camera and microphone are wanted, or may be. */
export const isInUse = ({ stage }: PhoneState): boolean => stage !== 'idle' && stage !== 'elsewhere';

/** @param me whose device it is */
export function nextPhoneState(state: PhoneState, event: PhoneEvent, me: string): PhoneState {
  const taken: readonly string[] = PHONE_FLOW[state.stage];
  if (!taken.includes(event.type)) return state;
  const next = NEXT[event.type] as (state: PhoneState, event: PhoneEvent, me: string) => PhoneState;
  return next(state, event, me);
}

const IDLE: PhoneState = { stage: 'idle' };

const NEXT: {
  readonly [Type in PhoneEvent['type']]: (
    state: PhoneState,
    event: Extract<PhoneEvent, { type: Type }>,
    me: string,
  ) => PhoneState;
} = {
  place: (_, { callee }) => ({ stage: 'placing', callee }),
  told: (state, { call }, me) => told(state, call, me),
  mine: (state, { call }, me) => mine(state, call, me),
  accept: ({ call }) => ({ stage: 'answering', ...(call && { call }) }),
  leave: (state, _, me) => left(state, me),
  joined: ({ call }) => ({ stage: 'inCall', ...(call && { call }) }),
  out: (state, { why, again }) =>
    why === 'elsewhere' ? { ...state, stage: 'elsewhere' } : cutOff(state, why, again),
  refused: (state, { reason, again }) => refused(state, reason, again),
  takeOver: ({ call }) => ({ stage: 'joining', ...(call && { call }) }),
  dismiss: () => IDLE,
};

const ANSWERED: ReadonlySet<Stage> = new Set<Stage>(['joining', 'inCall', 'checking', 'elsewhere']);

function over({ stage, call: before }: PhoneState, call: CallResponse, me: string): PhoneState {
  const wasAnswered = ANSWERED.has(stage) || before?.status === 'ONGOING';
  return { stage: 'idle', outcome: outcomeOf(call, me, wasAnswered) };
}

/** Who has hung up hears that it is so; who has declined, or thought better of calling, knows. */
function left(state: PhoneState, me: string): PhoneState {
  return state.call && ANSWERED.has(state.stage) ? over(state, state.call, me) : IDLE;
}

function told(state: PhoneState, call: CallResponse, me: string): PhoneState {
  const { stage, call: known } = state;
  if (known && known.id !== call.id) {
    // Whoever is rung has no other call: what became of the one before did not reach us.
    const isLater = isLive(call) && call.placedAt > known.placedAt;
    return isLater ? told(IDLE, call, me) : state;
  }
  if (call.status === 'DIALLING') {
    if (stage !== 'idle') return { ...state, call };
    return isReceiver(call, me) ? { stage: 'ringing', call } : state;
  }
  if (call.status !== 'ONGOING') return known ? over(state, call, me) : state;
  if (stage === 'dialling') return { stage: 'joining', call };
  // Nobody has answered here, so somebody has elsewhere.
  if (stage === 'idle' || stage === 'ringing') return { stage: 'elsewhere', call };
  return { ...state, call };
}

function mine(state: PhoneState, call: CallResponse, me: string): PhoneState {
  if (call.status === 'ONGOING') return { stage: 'joining', call };
  // Whoever was called, and had the call here, had answered it.
  if (call.status !== 'DIALLING')
    return { stage: 'idle', outcome: outcomeOf(call, me, isReceiver(call, me)) };
  return { stage: isReceiver(call, me) ? 'ringing' : 'dialling', call };
}

const cutOff = (state: PhoneState, trouble: Reason | Departure, again = false): PhoneState => ({
  ...state,
  stage: 'checking',
  trouble,
  isStuck: !again,
});

function refused(state: PhoneState, reason: Reason | Departure, again?: boolean): PhoneState {
  if (state.stage === 'placing') return { stage: 'idle', trouble: reason };
  // It rings on, and can be answered again.
  if (state.stage === 'answering') return { ...state, stage: 'ringing', trouble: reason };
  return cutOff(state, reason, again);
}
