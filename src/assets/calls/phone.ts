/** Does what the state of one's calls (flow.ts) asks for: rings, answers, joins, looks again, and hangs up. */
import { batch, type ReadonlySignal, signal } from '@preact/signals';
import type { CallResponse, UserEntry } from '../../api/calls';
import { reasonOf } from '../api/refusal';
import { answerCall, lookAtCall, startCall } from '../api/user-calls';
import type { OwnMedia } from '../devices/own-media';
import { kept } from '../keep/kept';
import { forgetChat } from '../room/chat/kept-log';
import type { RoomSession } from '../room/session';
import { findAgain } from './find-again';
import { isHere, isInUse, nextPhoneState, type PhoneEvent, type PhoneState } from './flow';
import { callIn, sayGoodbye } from './goodbye';
import { createLooks } from './looks';
import type { MissedCalls } from './missed';
import { createCallNews } from './news';
import { isLive, isReceiver } from './outcome';
import { createStay } from './stay';

/** Between tries to come back into the room, doubled each time up to the last. */
const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 15_000;

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
  /** Out of the room, and nothing goes on here; the call itself does, for the phone that comes next. */
  readonly close: () => void;
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
  const news = createCallNews();
  /** Of the call that this tab is in: a reload leads back to it. */
  const hereCall = kept(`call.${me.id}`);
  const isResuming = signal(hereCall.read() !== undefined);
  let retryMs = FIRST_RETRY_MS;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let joinedAt = 0;
  let isClosed = false;
  let goodbye: Promise<unknown> = Promise.resolve();
  /** Answers to earlier questions are not listened to any more. */
  let question = 0;

  const dispatch = (event: PhoneEvent): void => {
    const before = state.value;
    const now = nextPhoneState(before, event, me.id);
    if (isClosed || now === before) return;
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
    if (now.stage !== 'inCall') stay.leave();
    if (now.call && isHere(now)) hereCall.keep(now.call.id);
    else hereCall.forget();
    if (now.stage === 'placing') void place(now);
    if (now.stage === 'answering') void answer(now);
    if (now.stage === 'joining' && now.call) void stay.enter(now.call);
    if (now.stage === 'checking') void check();
    if (now.stage === 'idle' || now.stage === 'elsewhere') {
      retryMs = FIRST_RETRY_MS;
      forgetChat();
      media.close();
    } else if (!isInUse(before)) void openMedia(now);
    // It may have rung while we were about to call.
    if (now.stage === 'idle') queueMicrotask(catchUp);
  };

  const catchUp = (): void => {
    for (const call of news.live()) dispatch({ type: 'told', call });
  };

  /** Whoever calls is asked by the browser, if need be; whoever is called is not until they accept. */
  const openMedia = async ({ stage }: PhoneState): Promise<void> => {
    await media.resume();
    const isByPress = stage === 'placing' || stage === 'answering';
    if (isByPress && !media.isDecided.value && isInUse(state.value)) await media.openBoth();
    // What was opened too late is closed.
    if (!isInUse(state.value)) media.close();
  };

  const told = (call: CallResponse, step?: number): void => {
    const before = news.note(call);
    if (before === 'old') return;
    const wasAnswered = before ? before.status === 'ONGOING' : call.status === 'ENDED' && step !== 2;
    const isMissed = call.status === 'MISSED' || (call.status === 'ENDED' && !wasAnswered);
    if (isMissed && isReceiver(call, me.id)) missed.add(call);
    if (!isResuming.value) dispatch({ type: 'told', call });
  };

  /** The server's answer about this device's call, unless news of it was faster. */
  const mineNow = (call: CallResponse): void => {
    news.note(call);
    dispatch({ type: 'mine', call: news.latest(call) });
  };

  const place = async ({ callee }: PhoneState): Promise<void> => {
    const mine = question;
    try {
      // The server has to know first that the last call is over.
      await goodbye;
      const call = await startCall(me.id, callee?.id ?? '');
      if (mine !== question) return hangUp(call);
      mineNow(call);
    } catch (error) {
      if (mine === question) dispatch({ type: 'refused', reason: reasonOf(error) });
    }
  };

  const answer = async ({ call }: PhoneState): Promise<void> => {
    const mine = question;
    if (!call) return;
    try {
      const answered = await answerCall(call.id, 'ACCEPT', me.id);
      if (mine === question) mineNow(answered);
      else news.note(answered);
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

  const stay = createStay(me, media, {
    told,
    joined: () => {
      joinedAt = Date.now();
      dispatch({ type: 'joined' });
    },
    out: (why, again) => {
      // Whoever was cut off after a while is back at once; one cut after the other takes longer and longer.
      if (Date.now() - joinedAt > LAST_RETRY_MS) retryMs = FIRST_RETRY_MS;
      dispatch({ type: 'out', why, again });
    },
    refused: (reason, again) => dispatch({ type: 'refused', reason, again }),
  });

  /** Whether the call goes on is for the server to say; if so, back into the room. */
  const check = async (): Promise<void> => {
    const mine = question;
    await looks.now();
    if (mine !== question || state.value.isStuck) return;
    retryTimer = setTimeout(() => dispatch({ type: 'takeOver' }), retryMs);
    retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
  };

  const looks = createLooks({
    look: async (call) => told(await lookAtCall(call.id, me.id)),
    isPrompt,
  });

  /** @param mayBeAnswered by this very device, of which it has not heard yet */
  const hangUp = (call: CallResponse, mayBeAnswered = false): void => {
    if (!isLive(call)) return;
    const how = call.status === 'DIALLING' && isReceiver(call, me.id) ? 'decline' : 'hangUp';
    news.leave(call.id);
    goodbye = sayGoodbye(call, me.id, how).then((now) => {
      if (now?.status === 'ONGOING' && mayBeAnswered) return hangUp(now);
      // Another device has taken the call that was declined here.
      if (now?.status === 'ONGOING') news.comeBack(now.id);
      if (now) told(now);
      return undefined;
    });
  };

  const resume = async (callId: string): Promise<void> => {
    const call = await findAgain(callId, me.id, () => isResuming.value);
    if (isResuming.value) resumed(call);
  };

  const resumed = (call?: CallResponse): void => {
    hereCall.forget();
    isResuming.value = false;
    if (call) mineNow(call);
    else forgetChat();
    catchUp();
  };

  const before = hereCall.read();
  if (before !== undefined) void resume(before);
  return {
    state,
    room: stay.room,
    isResuming,
    told,
    ring: (callee) => dispatch({ type: 'place', callee }),
    accept: () => {
      dispatch({ type: 'accept' });
      void openMedia(state.value);
    },
    leave: () => {
      const { call, stage } = state.value;
      if (call) hangUp(call, stage === 'answering');
      if (isResuming.value) resumed();
      dispatch({ type: 'leave' });
    },
    join: () => dispatch({ type: 'takeOver' }),
    dismiss: () => dispatch({ type: 'dismiss' }),
    wake: () => void looks.now(),
    close: () => {
      isClosed = true;
      question += 1;
      isResuming.value = false;
      clearTimeout(retryTimer);
      looks.follow(undefined);
      stay.leave();
      media.close();
    },
  };
}
