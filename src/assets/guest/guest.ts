/** Does what the guest's state (flow.ts) asks for: enters, watches, joins, asks again, and gives up. */
import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { joinAsGuest, leaveWaitingRoom, sayOnTheWayOut, sayStillHere } from '../api/guest-calls';
import { reasonOf, Refusal } from '../api/refusal';
import type { OwnMedia } from '../devices/own-media';
import { kept } from '../keep/kept';
import { keptSignal } from '../keep/kept-words';
import { JoinFailure } from '../media/media';
import { forgetChat } from '../room/chat/kept-log';
import { enterRoom } from '../room/enter';
import type { RoomSession } from '../room/session';
import { type Attention, createAttention } from './attention';
import { firstState, type GuestEvent, type GuestState, isPassing, nextGuestState } from './flow';
import { createPlace, type Place } from './place';
import { createScreenLock, type ScreenLock } from './screen-lock';

export interface Guest {
  readonly meetingId: string;
  readonly state: ReadonlySignal<GuestState>;
  readonly place: Pick<Place, 'connection' | 'before' | 'isAuto' | 'messages'>;
  readonly attention: Attention;
  readonly screen: Pick<ScreenLock, 'isOn'>;
  readonly room: ReadonlySignal<RoomSession | undefined>;
  readonly name: Signal<string>;
  readonly ask: () => void;
  readonly again: () => void;
  readonly leave: () => void;
  /**
   * The browser woke up, is looked at again, or has its network back.
   * @param isLong connections may have died unnoticed
   */
  readonly wake: (isLong: boolean) => void;
}

export function createGuest(meetingId: string, media: OwnMedia): Guest {
  const ticket = kept(`${meetingId}.ticket`);
  /** How it ended last: a reload takes nobody back into a call that they have left. */
  const ending = kept(`${meetingId}.ending`);
  const name = keptSignal('name');
  const state = signal(firstState(ticket.read() !== undefined, ending.read()));
  const room = signal<RoomSession>();
  const screen = createScreenLock();

  const dispatch = (event: GuestEvent): void => {
    const before = state.value;
    const now = nextGuestState(before, event);
    if (now === before) return;
    state.value = now;
    if (now.stage !== before.stage) arrive(now, before);
  };

  const place = createPlace(meetingId, ticket, () => name.value.trim(), {
    entered: () => {
      dispatch({ type: 'entered' });
      // Entering says that somebody is here, which is not so while nobody looks.
      if (document.visibilityState === 'hidden') attention.repeat();
      return state.value.stage === 'waiting';
    },
    refused: (reason) => {
      dispatch({ type: 'refused', reason });
      const { stage, trouble } = state.value;
      if ((stage === 'checking' || stage === 'waiting') && isPassing(trouble)) place.enterLater();
    },
    shown: (view) => dispatch({ type: 'shown', view }),
    live: () => attention.repeat(),
  });

  const attention = createAttention({
    say: (presence) => {
      const held = ticket.read();
      if (held === undefined || place.isAuto.value) return;
      if (presence === 'hidden') return sayOnTheWayOut(meetingId, held, 'hidden');
      sayStillHere(meetingId, held, presence).catch((error: unknown) => {
        // Not because of the network: the server knows something that we do not.
        if (error instanceof Refusal && !isPassing(error.reason)) void place.enter();
      });
    },
    closed: () => {
      const held = ticket.read();
      if (held !== undefined && !place.isAuto.value) sayOnTheWayOut(meetingId, held, 'closed');
    },
  });

  /** What each stage does when it begins. */
  const arrive = (now: GuestState, before: GuestState): void => {
    if (before.stage === 'inRoom' || before.stage === 'joining') endCall(now);
    if (now.stage === 'asking' || now.stage === 'checking') void place.enter();
    if (now.stage === 'joining' && now.roomId !== undefined) void join(now.roomId);
    if (now.stage === 'inRoom' || now.stage === 'over' || now.stage === 'preparing') place.stop();
    if (now.stage === 'over' && now.ending !== undefined) ending.keep(now.ending);
    else ending.forget();
    if (now.stage === 'over') {
      forgetChat();
      media.close();
    }
    if (now.stage === 'waiting') {
      // Where everybody is let in at once nobody asks who is there.
      if (!place.isAuto.value) attention.start();
      screen.keep();
    } else if (now.stage !== 'checking') attention.stop();
    // In a call the browser keeps it on by itself.
    if (now.stage !== 'waiting' && now.stage !== 'checking' && now.stage !== 'joining') screen.release();
  };

  const endCall = (now: GuestState): void => {
    if (now.stage === 'inRoom') return;
    room.value?.leave();
    room.value = undefined;
  };

  const join = async (roomId: string): Promise<void> => {
    const isWanted = (): boolean => state.value.stage === 'joining' && state.value.roomId === roomId;
    try {
      const pass = await joinAsGuest(meetingId, roomId, ticket.read() ?? '');
      if (!isWanted()) return;
      const session = await enterRoom(pass, media, (why) => dispatch({ type: 'out', why }));
      if (!isWanted()) return session.leave();
      room.value = session;
      dispatch({ type: 'joined' });
    } catch (error) {
      if (!isWanted()) return;
      if (error instanceof JoinFailure) dispatch({ type: 'out', why: error.why });
      else dispatch({ type: 'refused', reason: reasonOf(error) });
    }
  };

  if (state.value.stage === 'checking') void place.enter();

  return {
    meetingId,
    state,
    place,
    attention,
    screen,
    room,
    name,
    ask() {
      dispatch({ type: 'ask' });
    },
    again() {
      void media.resume();
      dispatch({ type: ticket.read() === undefined ? 'ask' : 'again' });
    },
    leave() {
      const held = ticket.read();
      const wasWaiting = state.value.stage !== 'inRoom';
      dispatch({ type: 'leave' });
      // The list forgets us by itself as well, only later.
      if (wasWaiting && held !== undefined) void leaveWaitingRoom(meetingId, held).catch(() => undefined);
    },
    wake(isLong) {
      const { stage } = state.value;
      if (stage !== 'inRoom' && stage !== 'over') reopen(media);
      if (stage !== 'waiting' && stage !== 'checking') return;
      const mustAsk = isLong || place.connection.value === 'lost' || place.isOld();
      // Entering says that somebody is here, too.
      attention.back(mustAsk);
      screen.keep();
      if (!mustAsk) return;
      if (place.isOld()) dispatch({ type: 'doubt' });
      void place.enter();
    },
  };
}

/** Phones take camera and microphone away from pages that sleep. */
function reopen({ camera, microphone }: OwnMedia): void {
  for (const device of [camera, microphone]) {
    if (device.failure.value === 'lost') void device.turnOn();
  }
}
