/** Does what the state of one's calls (flow.ts) asks for: rings, answers, joins, looks again, and hangs up. */
import { batch, type ReadonlySignal, signal } from '@preact/signals';
import type { CallResponse, UserEntry } from '../../api/calls';
import { reasonOf } from '../api/refusal';
import { answerCall, joinCall, lookAtCall, startCall } from '../api/user-calls';
import type { OwnMedia } from '../devices/own-media';
import { kept } from '../keep/kept';
import { JoinFailure } from '../media/media';
import { enterRoom, type RoomSession } from '../room/session';
import { isHere, nextPhoneState, type PhoneEvent, type PhoneState } from './flow';
import { callIn, sayGoodbye } from './goodbye';
import { createLooks } from './looks';
import type { MissedCalls } from './missed';
import { createCallNews } from './news';
import { isReceiver } from './outcome';

/** Between tries to come back into the room, doubled each time up to the last. */
const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 15_000;
/** Whoever is out again sooner is not led back by the page itself, unless the network was to blame. */
const SHORT_STAY_MS = 5_000;

export interface Phone {
  readonly state: ReadonlySignal<PhoneState>;
  readonly room: ReadonlySignal<RoomSession | undefined>;
  /** The server is asked what became of the call that this tab was in before it was loaded again. */
  readonly isResuming: ReadonlySignal<boolean>;
  readonly ring: (callee: UserEntry) => void;
  readonly accept: () => void;
  /** Declines, hangs up, or thinks better of calling. */
  readonly leave: () => void;
  /** Into the room: again, or on this device. */
  readonly join: () => void;
  readonly dismiss: () => void;
  /** Somebody says how a call stands. @param step which message of the call that is, where one says so */
  readonly told: (call: CallResponse, step?: number) => void;
  /** Time may have passed unnoticed. */
  readonly wake: () => void;
}

export interface PhoneOptions {
  readonly me: UserEntry;
  readonly media: OwnMedia;
  readonly missed: MissedCalls;
  /** Whether news comes by itself, and by a way on which a gateway keeps the time. */
  readonly isPrompt: () => boolean;
}

export function createPhone({ me, media, missed, isPrompt }: PhoneOptions): Phone {
  const state = signal<PhoneState>({ stage: 'idle' });
  const room = signal<RoomSession>();
  const news = createCallNews();
  /** Of the call that this tab is in: a reload leads back to it. */
  const hereCall = kept(`call.${me.id}`);
  const isResuming = signal(hereCall.read() !== undefined);
  let retryMs = FIRST_RETRY_MS;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let mayComeBack = true;
  let goodbye: Promise<unknown> = Promise.resolve();
  /** Answers to earlier questions are not listened to any more. */
  let question = 0;

  const dispatch = (event: PhoneEvent): void => {
    const before = state.value;
    const now = nextPhoneState(before, event, me.id);
    if (now === before) return;
    batch(() => {
      state.value = now;
      if (now.stage !== before.stage || now.call?.id !== before.call?.id) arrive(now, before);
    });
    looks.follow(now.call);
  };

  /** What each stage does when it begins. */
  const arrive = (now: PhoneState, before: PhoneState): void => {
    question += 1;
    clearTimeout(retryTimer);
    if (now.stage !== 'inCall') leaveRoom();
    if (now.call && isHere(now)) hereCall.keep(now.call.id);
    else hereCall.forget();
    if (now.stage === 'placing') void place(now);
    if (now.stage === 'answering') void answer(now);
    if (now.stage === 'joining') void enter(now);
    if (now.stage === 'checking') void check();
    if (now.stage === 'idle' || now.stage === 'elsewhere') {
      retryMs = FIRST_RETRY_MS;
      media.close();
    } else if (before.stage === 'idle' || before.stage === 'elsewhere') void media.resume();
    // It may have rung while we were about to call.
    if (now.stage === 'idle') queueMicrotask(catchUp);
  };

  const catchUp = (): void => {
    for (const call of news.live()) dispatch({ type: 'told', call });
  };

  const leaveRoom = (): void => {
    room.value?.leave();
    room.value = undefined;
  };

  const told = (call: CallResponse, step?: number): void => {
    const before = news.note(call);
    if (before === 'old') return;
    const wasAnswered = before ? before.status === 'ONGOING' : call.status === 'ENDED' && step !== 2;
    const isMissed = call.status === 'MISSED' || (call.status === 'ENDED' && !wasAnswered);
    if (isMissed && isReceiver(call, me.id)) missed.add(call);
    if (!isResuming.value) dispatch({ type: 'told', call });
  };

  const place = async ({ callee }: PhoneState): Promise<void> => {
    const mine = question;
    try {
      // The server has to know first that the last call is over.
      await goodbye;
      const call = await startCall(me.id, callee?.id ?? '');
      if (mine !== question) return hangUp(call);
      news.note(call);
      dispatch({ type: 'mine', call });
    } catch (error) {
      if (mine === question) dispatch({ type: 'refused', reason: reasonOf(error) });
    }
  };

  const answer = async ({ call }: PhoneState): Promise<void> => {
    const mine = question;
    if (!call) return;
    try {
      const answered = await answerCall(call.id, 'ACCEPT', me.id);
      news.note(answered);
      if (mine === question) dispatch({ type: 'mine', call: answered });
    } catch (error) {
      if (mine !== question) return;
      const now = callIn(error);
      dispatch({ type: 'refused', reason: reasonOf(error) });
      // Another device was faster, or the caller has given up.
      if (now) {
        news.note(now);
        dispatch({ type: 'told', call: now });
      }
    }
  };

  const enter = async ({ call }: PhoneState): Promise<void> => {
    const mine = question;
    if (!call) return;
    try {
      const pass = await joinCall(call.id, me.id);
      if (mine !== question) return;
      const begun = Date.now();
      const session = await enterRoom({ ...pass, name: me.name }, media, (why) => {
        mayComeBack = Date.now() - begun > SHORT_STAY_MS || why === 'lost';
        if (Date.now() - begun > SHORT_STAY_MS) retryMs = FIRST_RETRY_MS;
        dispatch({ type: 'out', why });
      });
      if (mine !== question) return session.leave();
      room.value = session;
      dispatch({ type: 'joined' });
    } catch (error) {
      if (mine !== question) return;
      const now = callIn(error);
      if (now) told(now);
      const reason = error instanceof JoinFailure ? error.why : reasonOf(error);
      mayComeBack = reason === 'lost' || reason === 'offline' || reason === 'busy' || reason === 'expired';
      dispatch(reason === 'elsewhere' ? { type: 'out', why: reason } : { type: 'refused', reason });
    }
  };

  /** Whether the call goes on is for the server to say; if so, back into the room. */
  const check = async (): Promise<void> => {
    const mine = question;
    await looks.now();
    if (mine !== question || !mayComeBack) return;
    retryTimer = setTimeout(() => dispatch({ type: 'takeOver' }), retryMs);
    retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
  };

  const looks = createLooks({
    look: async (call) => told(await lookAtCall(call.id, me.id)),
    isPrompt,
  });

  const hangUp = (call: CallResponse): void => {
    if (call.status !== 'DIALLING' && call.status !== 'ONGOING') return;
    const how = call.status === 'DIALLING' && isReceiver(call, me.id) ? 'decline' : 'hangUp';
    news.leave(call.id);
    goodbye = sayGoodbye(call, me.id, how).then((now) => {
      // Another device has taken the call that was declined here.
      if (now?.status === 'ONGOING') news.comeBack(now.id);
      if (now) told(now);
    });
  };

  const resume = async (): Promise<void> => {
    const callId = hereCall.read();
    try {
      if (callId === undefined) return catchUp();
      const call = await lookAtCall(callId, me.id);
      if (!isResuming.value) return;
      news.note(call);
      resumed(call);
    } catch (error) {
      if (!isResuming.value) return;
      const reason = reasonOf(error);
      if (reason !== 'offline' && reason !== 'busy') return resumed();
      retryTimer = setTimeout(() => void resume(), retryMs);
      retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
    }
  };

  const resumed = (call?: CallResponse): void => {
    clearTimeout(retryTimer);
    retryMs = FIRST_RETRY_MS;
    hereCall.forget();
    isResuming.value = false;
    if (call) dispatch({ type: 'mine', call });
    catchUp();
  };

  void resume();
  return {
    state,
    room,
    isResuming,
    told,
    ring: (callee) => {
      if (!media.isDecided.value) void media.openBoth();
      dispatch({ type: 'place', callee });
    },
    accept: () => {
      if (!media.isDecided.value) void media.openBoth();
      dispatch({ type: 'accept' });
    },
    leave: () => {
      const { call } = state.value;
      if (call) hangUp(call);
      if (isResuming.value) resumed();
      dispatch({ type: 'leave' });
    },
    join: () => dispatch({ type: 'takeOver' }),
    dismiss: () => dispatch({ type: 'dismiss' }),
    wake: () => void looks.now(),
  };
}
