/** A call between two people: its states, what moves it between them, and what its parties may know of it. */
import { randomBytes } from 'node:crypto';
import { FoyerError } from './errors';
import type { User } from './user';

export type CallStatus = 'DIALLING' | 'ONGOING' | 'ENDED' | 'DECLINED' | 'MISSED' | 'ERROR';
/** `vanish`: a party has been offline for longer than the grace; `fail`: it could not be placed. */
export type CallEvent = 'accept' | 'decline' | 'hangUp' | 'deadline' | 'vanish' | 'fail';

/** state × event → next state. A pair that is absent is refused. */
export const CALL_TRANSITIONS = {
  DIALLING: {
    accept: 'ONGOING',
    decline: 'DECLINED',
    hangUp: 'ENDED',
    deadline: 'MISSED',
    vanish: 'ENDED',
    fail: 'ERROR',
  },
  ONGOING: { hangUp: 'ENDED', vanish: 'ENDED', fail: 'ERROR' },
} as const satisfies Partial<Record<CallStatus, Partial<Record<CallEvent, CallStatus>>>>;

export interface Call {
  /** Known to its two parties alone; names the call's room, too. */
  readonly id: string;
  readonly caller: User;
  readonly receiver: User;
  readonly status: CallStatus;
  readonly errMsg?: string;
  /** ms since epoch. */
  readonly placedAt: number;
  /** ms since epoch: whoever has not answered by then has missed it. */
  readonly deadline: number;
  /** 1 when it is placed, one more with each change of status. */
  readonly step: number;
  /** The last step whose consequences are complete: lines taken or released, everybody told. At most `step`. */
  readonly settled: number;
  /** ms since epoch at which `step` was made. */
  readonly changedAt: number;
}

export type MessageType = 'INCOMING_CALL' | 'ACCEPT_CALL' | 'DECLINE_CALL' | 'END_CALL';

/** A call as its parties see it: seed 002's shape, and times in ISO 8601. */
export interface CallView {
  readonly id: string;
  readonly caller: User;
  readonly receiver: User;
  readonly status: CallStatus;
  readonly errMsg?: string;
  readonly placedAt: string;
  /** Until when it rings. */
  readonly expiresAt?: string;
  readonly endedAt?: string;
}

/** What devices are told, as it goes over the wire. */
export interface CallMessage {
  /** `<call id>:<step>`: of one call the higher step is the later; what comes twice has the same id. */
  readonly id: string;
  readonly type: MessageType;
  readonly call: CallView;
}

/** A request has 10 s; a call that is not placed by then will not be. */
const PLACING_MS = 10_000;

const ID = /^call-[\w-]{22}$/;

/** 128 random bits. */
export const newCallId = (): string => `call-${randomBytes(16).toString('base64url')}`;

/** Whether this can be a call's id: rooms of such names belong to calls. */
export const isCallId = (id: string): boolean => ID.test(id);

export const isLive = ({ status }: Pick<Call, 'status'>): boolean => status in CALL_TRANSITIONS;

/** Whether its lines are still being taken, as far as its record knows. */
export const isPlacing = ({ step, settled }: Pick<Call, 'step' | 'settled'>): boolean =>
  step === 1 && settled === 0;

export const isParty = ({ caller, receiver }: Pick<Call, 'caller' | 'receiver'>, userId: string): boolean =>
  caller.id === userId || receiver.id === userId;

/** A call that is about to be placed: nobody's line is taken yet. */
export function newCall(caller: User, receiver: User, now: number, ringMs: number): Call {
  return {
    id: newCallId(),
    caller,
    receiver,
    status: 'DIALLING',
    placedAt: now,
    deadline: now + ringMs,
    step: 1,
    settled: 0,
    changedAt: now,
  };
}

/** A call that came to nothing before anybody heard of it: there is nobody to be told. */
export const failedCall = (call: Call, errMsg: string): Call => ({
  ...call,
  status: 'ERROR',
  errMsg,
  step: call.step + 1,
  settled: call.step + 1,
});

const REFUSALS: Readonly<Partial<Record<CallStatus, string>>> = {
  ONGOING: 'this call has been answered already.',
  ENDED: 'this call has ended.',
  DECLINED: 'this call was declined.',
  MISSED: 'this call was missed.',
  ERROR: 'this call could not be placed.',
};

/**
 * The call after `event`, its consequences still to come.
 * @throws FoyerError `conflict`, with the call as it stands, where {@link CALL_TRANSITIONS} has no such pair.
 */
export function changeCall(call: Call, event: CallEvent, now: number, errMsg?: string): Call {
  const table: Partial<Record<CallStatus, Partial<Record<CallEvent, CallStatus>>>> = CALL_TRANSITIONS;
  const status = table[call.status]?.[event];
  if (!status) {
    throw new FoyerError('conflict', REFUSALS[call.status] ?? `this call is ${call.status}.`, {
      details: { call: callView(call) },
    });
  }
  return {
    ...call,
    status,
    ...(errMsg === undefined ? {} : { errMsg }),
    step: call.step + 1,
    settled: call.step,
    changedAt: now,
  };
}

/** Whether nobody is placing the call any more, if it is not placed. */
export const isPlacingDue = ({ placedAt }: Pick<Call, 'placedAt'>, now: number): boolean =>
  now >= placedAt + PLACING_MS;

/** What time alone has made of the call by `now`, whether or not anybody has noticed; presence apart. */
export function dueEvent(call: Call, now: number): CallEvent | undefined {
  if (call.status !== 'DIALLING') return undefined;
  if (now >= call.deadline) return 'deadline';
  return isPlacing(call) && isPlacingDue(call, now) ? 'fail' : undefined;
}

/** The call that a message of this id is about, and the step. */
export function stepOfMessage(id: string): { readonly callId: string; readonly step: number } | undefined {
  const [callId = '', step = '', ...rest] = id.split(':');
  return isCallId(callId) && /^\d{1,3}$/.test(step) && rest.length === 0
    ? { callId, step: Number(step) }
    : undefined;
}

const TYPES: Readonly<Record<CallStatus, MessageType>> = {
  DIALLING: 'INCOMING_CALL',
  ONGOING: 'ACCEPT_CALL',
  DECLINED: 'DECLINE_CALL',
  ENDED: 'END_CALL',
  MISSED: 'END_CALL',
  ERROR: 'END_CALL',
};

export const messageOf = (call: Call): CallMessage => ({
  id: `${call.id}:${call.step}`,
  type: TYPES[call.status],
  call: callView(call),
});

const iso = (ms: number): string => new Date(ms).toISOString();

export function callView(call: Call): CallView {
  const { id, caller, receiver, status, errMsg, placedAt, deadline, changedAt } = call;
  return {
    id,
    caller,
    receiver,
    status,
    ...(errMsg === undefined ? {} : { errMsg }),
    placedAt: iso(placedAt),
    ...(status === 'DIALLING' ? { expiresAt: iso(deadline) } : {}),
    ...(isLive(call) ? {} : { endedAt: iso(changedAt) }),
  };
}
