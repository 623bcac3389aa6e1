/** What the page of a persistent meeting does: looks it up, joins, and comes back when it was cut off. */
import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { reasonOf } from '../api/refusal';
import { joinAsVisitor, lookUp } from '../api/visitor-calls';
import type { OwnMedia } from '../devices/own-media';
import { kept } from '../keep/kept';
import { keptSignal } from '../keep/kept-words';
import { JoinFailure } from '../media/media';
import { forgetChat } from '../room/chat/kept-log';
import { enterRoom } from '../room/enter';
import type { RoomSession } from '../room/session';
import { isPassing, nextVisitState, type VisitEvent, type VisitState } from './flow';

/** Between tries while the server cannot be reached, doubled each time up to the last. */
const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 15_000;
/** Whoever is out again sooner is not led back by the page itself. */
const SHORT_STAY_MS = 5_000;

export interface Visit {
  readonly meetingId: string;
  readonly state: ReadonlySignal<VisitState>;
  readonly room: ReadonlySignal<RoomSession | undefined>;
  readonly name: Signal<string>;
  /** Joins, or joins again. */
  readonly go: () => void;
  readonly leave: () => void;
}

export function createVisit(meetingId: string, media: OwnMedia): Visit {
  /** Kept while in the room: a reload leads back into it. */
  const wasInRoom = kept(`${meetingId}.visit`);
  const name = keptSignal('name');
  const state = signal<VisitState>({ stage: wasInRoom.read() === undefined ? 'looking' : 'checking' });
  const room = signal<RoomSession>();
  let retryMs = FIRST_RETRY_MS;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  /** Answers to earlier questions are not listened to any more. */
  let question = 0;

  const dispatch = (event: VisitEvent): void => {
    const before = state.value;
    const now = nextVisitState(before, event);
    if (now === before) return;
    state.value = now;
    if (now.stage !== before.stage) arrive(now);
  };

  /** What each stage does when it begins. */
  const arrive = ({ stage }: VisitState): void => {
    question += 1;
    clearTimeout(retryTimer);
    retryMs = FIRST_RETRY_MS;
    if (stage !== 'inRoom') {
      room.value?.leave();
      room.value = undefined;
    }
    if (stage === 'looking' || stage === 'checking') void look();
    if (stage === 'joining') void join();
    if (stage === 'inRoom') wasInRoom.keep('yes');
    if (stage === 'preparing' || stage === 'over') {
      wasInRoom.forget();
      forgetChat();
    }
    if (stage === 'over') media.close();
  };

  const look = async (): Promise<void> => {
    const mine = (question += 1);
    try {
      const { num_participants: present } = await lookUp(meetingId);
      if (mine === question) dispatch({ type: 'found', present });
    } catch (error) {
      if (mine !== question) return;
      dispatch({ type: 'refused', reason: reasonOf(error) });
      if (mine === question && isPassing(state.value.trouble)) lookLater();
    }
  };

  const lookLater = (): void => {
    retryTimer = setTimeout(() => void look(), retryMs);
    retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
  };

  const join = async (): Promise<void> => {
    const mine = question;
    try {
      const pass = await joinAsVisitor(meetingId, name.value.trim());
      if (mine !== question) return;
      const begun = Date.now();
      const session = await enterRoom(pass, media, (why) =>
        dispatch({ type: 'out', why, wasShort: Date.now() - begun < SHORT_STAY_MS }),
      );
      if (mine !== question) return session.leave();
      room.value = session;
      dispatch({ type: 'joined' });
    } catch (error) {
      if (mine !== question) return;
      if (error instanceof JoinFailure) dispatch({ type: 'out', why: error.why, wasShort: true });
      else dispatch({ type: 'refused', reason: reasonOf(error) });
    }
  };

  arrive(state.value);
  return {
    meetingId,
    state,
    room,
    name,
    go() {
      if (state.value.stage === 'over') void media.resume();
      dispatch({ type: 'go' });
    },
    leave: () => dispatch({ type: 'leave' }),
  };
}
