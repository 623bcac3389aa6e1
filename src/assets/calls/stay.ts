/** One's stay in the room of a call: entered with the server's leave, and left with the call. */
import { type ReadonlySignal, signal } from '@preact/signals';
import type { CallResponse, UserEntry } from '../../api/calls';
import { type Reason, reasonOf } from '../api/refusal';
import { joinCall } from '../api/user-calls';
import type { OwnMedia } from '../devices/own-media';
import type { Departure } from '../media/departure';
import { JoinFailure } from '../media/media';
import { enterRoom } from '../room/enter';
import type { RoomSession } from '../room/session';
import { callIn } from './goodbye';

/** Whoever is out again sooner is not led back by the page itself, unless the network was to blame. */
const SHORT_STAY_MS = 5_000;

export interface Stay {
  readonly room: ReadonlySignal<RoomSession | undefined>;
  enter(call: CallResponse): Promise<void>;
  leave(): void;
}

export interface StayEvents {
  readonly joined: () => void;
  /** @param again whether coming back by itself may help */
  readonly out: (why: Departure, again: boolean) => void;
  readonly refused: (why: Reason | Departure, again: boolean) => void;
  /** The server has said how the call stands. */
  readonly told: (call: CallResponse) => void;
}

/** What time heals. */
const PASSING: ReadonlySet<Reason | Departure> = new Set(['lost', 'offline', 'busy', 'expired']);

export function createStay(me: UserEntry, media: OwnMedia, events: StayEvents): Stay {
  const room = signal<RoomSession>();
  /** What earlier entries bring is not listened to any more. */
  let entry = 0;
  return {
    room,
    async enter(call) {
      const mine = (entry += 1);
      try {
        const pass = await joinCall(call.id, me.id);
        if (mine !== entry) return;
        const begun = Date.now();
        const session = await enterRoom({ ...pass, name: me.name }, media, (why) => {
          if (mine === entry) events.out(why, PASSING.has(why) || Date.now() - begun > SHORT_STAY_MS);
        });
        if (mine !== entry) return session.leave();
        room.value = session;
        events.joined();
      } catch (error) {
        if (mine !== entry) return;
        const now = callIn(error);
        if (now) events.told(now);
        if (mine !== entry) return;
        const why = error instanceof JoinFailure ? error.why : reasonOf(error);
        if (why === 'elsewhere') events.out(why, false);
        else events.refused(why, PASSING.has(why));
      }
    },
    leave() {
      entry += 1;
      room.value?.leave();
      room.value = undefined;
    },
  };
}
