/** One stay in a room: a token, the call, and presence for all to see. */
import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { RoomTokenResponse } from '../../api/rooms';
import { reasonOf } from '../api/refusal';
import { roomToken } from '../api/room-calls';
import { askForToken } from '../api/user-token';
import type { Me } from '../calls/me';
import type { OwnMedia } from '../devices/own-media';
import { kept } from '../keep/kept';
import { keptSignal } from '../keep/kept-words';
import { JoinFailure } from '../media/media';
import { forgetChat } from '../room/chat/kept-log';
import { enterRoom } from '../room/enter';
import type { RoomPass, RoomSession } from '../room/session';
import { nextStayState, type StayEvent, type StayState } from './flow';
import type { RoomsLine } from './line';
import { userIdOf } from './user-id';

/** Whoever is out again sooner is not led back by the page itself. */
const SHORT_STAY_MS = 5_000;
/** Of ten minutes that a token lives: whoever takes longer before the mirror gets another. */
const FRESH_MS = 120_000;

export interface Stay {
  readonly roomId: string;
  readonly state: ReadonlySignal<StayState>;
  readonly room: ReadonlySignal<RoomSession | undefined>;
  readonly name: Signal<string>;
  /** As which one is present. */
  readonly userId: () => string;
  /** Joins, or joins again. */
  readonly go: () => void;
  /** Out of the room for good. */
  readonly close: () => void;
}

export interface StayOptions {
  readonly roomId: string;
  readonly me: Me;
  readonly media: OwnMedia;
  readonly line: RoomsLine;
}

interface Answer extends RoomTokenResponse {
  readonly askedAt: number;
}

export function createStay({ roomId, me, media, line }: StayOptions): Stay {
  /** Kept while in the room: a reload leads back into it. */
  const wasInRoom = kept(`${roomId}.stay`);
  const knownName = me.user.peek()?.name;
  const name = knownName === undefined ? keptSignal('name') : signal(knownName);
  const isKnown = me.user.peek() !== undefined || me.isByToken();
  const state = signal<StayState>(
    isKnown ? { stage: 'asking', isBack: wasInRoom.read() !== undefined } : { stage: 'naming' },
  );
  const room = signal<RoomSession>();
  const userId = (): string => userIdOf(me.user.peek());
  let answer: Answer | undefined;
  let hasMedia = false;
  let isClosed = false;
  /** Answers to earlier questions are not listened to any more. */
  let question = 0;

  const dispatch = (event: StayEvent): void => {
    const before = state.peek();
    const now = nextStayState(before, event);
    // Who has gone while the browser asked for the camera comes in by no answer to that.
    if (isClosed || now === before) return;
    state.value = now;
    if (now.stage !== before.stage) arrive(now);
  };

  /** What each stage does when it begins. */
  const arrive = ({ stage }: StayState): void => {
    question += 1;
    if (stage !== 'inRoom') {
      room.value?.leave();
      room.value = undefined;
    }
    if (stage === 'inRoom') line.join(roomId, userId());
    else if (stage !== 'joining' && stage !== 'asking') line.leave();
    if (stage === 'inRoom') wasInRoom.keep('yes');
    else if (stage === 'preparing' || stage === 'over') forget();
    if (stage === 'asking') void attempt(ask);
    if (stage === 'preparing') void openMedia();
    if (stage === 'joining') void attempt(join);
    if (stage === 'over') closeMedia();
  };

  const forget = (): void => {
    wasInRoom.forget();
    forgetChat();
  };

  const openMedia = async (): Promise<void> => {
    if (hasMedia) return;
    hasMedia = true;
    await media.resume();
  };

  const closeMedia = (): void => {
    hasMedia = false;
    media.close();
  };

  /** What the server refuses for want of another token is tried again with one. */
  const attempt = async (act: (mine: number) => Promise<void>): Promise<void> => {
    const mine = question;
    try {
      await act(mine);
    } catch (error) {
      if (mine !== question) return;
      if (error instanceof JoinFailure) return dispatch({ type: 'out', why: error.why, wasShort: true });
      const reason = reasonOf(error);
      const isAnotherWanted = reason === 'usersOnly' || reason === 'notYou';
      if (!isAnotherWanted || !(await askForToken())) {
        if (mine === question) dispatch({ type: 'refused', reason });
        return;
      }
      me.tokenChanged();
      line.renew();
      if (mine === question) await attempt(act);
    }
  };

  const fetchAnswer = async (): Promise<Answer> => {
    const askedAt = Date.now();
    answer = { ...(await roomToken(roomId, userId())), askedAt };
    return answer;
  };

  const ask = async (mine: number): Promise<void> => {
    await fetchAnswer();
    if (mine === question) dispatch({ type: 'answered' });
  };

  const join = async (mine: number): Promise<void> => {
    await openMedia();
    const isFresh =
      answer !== undefined && answer.userId === userId() && Date.now() - answer.askedAt < FRESH_MS;
    const pass = passOf(isFresh && answer ? answer : await fetchAnswer(), name.peek());
    if (mine !== question) return;
    const begun = Date.now();
    const session = await enterRoom(pass, media, (why) =>
      dispatch({ type: 'out', why, wasShort: Date.now() - begun < SHORT_STAY_MS }),
    );
    // A token opens a room once: the next stay asks for its own.
    answer = undefined;
    if (mine !== question) return session.leave();
    room.value = session;
    dispatch({ type: 'joined' });
  };

  if (isKnown) arrive(state.peek());
  return {
    roomId,
    state,
    room,
    name,
    userId,
    go() {
      if (name.value.trim() !== '') me.introduce(name.value.trim(), me.user.peek()?.location ?? '');
      dispatch({ type: state.peek().stage === 'naming' ? 'named' : 'go' });
    },
    close() {
      isClosed = true;
      question += 1;
      room.value?.leave();
      room.value = undefined;
      line.leave();
      forget();
      closeMedia();
    },
  };
}

const passOf = ({ roomId, userId, ...answer }: RoomTokenResponse, name: string): RoomPass => ({
  ...answer,
  room_id: roomId,
  identity: userId,
  ...(name.trim() === '' ? {} : { name: name.trim() }),
});
