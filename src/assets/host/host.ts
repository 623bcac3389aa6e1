/** What a host's page does: opens the waiting room, watches it, decides, joins, ends. */
import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { decide, endMeeting, joinAsHost, sayTo, type Whom } from '../api/host-calls';
import { type Reason, reasonOf } from '../api/refusal';
import type { OwnMedia } from '../devices/own-media';
import { kept } from '../keep/kept';
import { keptSignal } from '../keep/kept-words';
import type { Departure } from '../media/departure';
import { JoinFailure } from '../media/media';
import { forgetChat } from '../room/chat/kept-log';
import { enterRoom } from '../room/enter';
import type { RoomSession } from '../room/session';
import { createHostsWaitingRoom, type HostsWaitingRoom } from './waiting-room';

export type HostStage =
  /** The waiting room is asked for. */
  | 'opening'
  /** Link, preview and who waits; the call has not begun. */
  | 'lobby'
  | 'joining'
  | 'inRoom'
  | 'left'
  | 'ended'
  | 'wrongNumber'
  /** The waiting room does not open; one may try again. */
  | 'stuck';

const REJOIN_MS = 1_000;
/** A lost call is taken up again this often before a person has to ask for it. */
const MAX_REJOINS = 5;

export interface Host extends Pick<HostsWaitingRoom, 'admission' | 'guests' | 'waiting' | 'connection'> {
  readonly meetingId: string;
  readonly name: Signal<string>;
  readonly stage: ReadonlySignal<HostStage>;
  readonly trouble: ReadonlySignal<Reason | Departure | undefined>;
  readonly room: ReadonlySignal<RoomSession | undefined>;
  /** Guests (or `all`) about whom the server is being told. */
  readonly deciding: ReadonlySignal<ReadonlySet<string>>;
  readonly join: () => Promise<void>;
  readonly leave: () => void;
  readonly end: () => Promise<void>;
  readonly decide: (what: 'admit' | 'deny' | 'remove', whom: Whom) => Promise<void>;
  /** @param guestId undefined: to all who wait. @returns why it was not sent; undefined when it was */
  readonly say: (guestId: string | undefined, words: string) => Promise<Reason | undefined>;
  readonly open: () => Promise<void>;
  readonly putTroubleAway: () => void;
}

export function createHost(
  meetingId: string,
  media: OwnMedia,
  knocked: (names: readonly string[]) => void,
): Host {
  const wasInRoom = kept(`${meetingId}.host`);
  const name = keptSignal('name');
  const stage = signal<HostStage>('opening');
  const trouble = signal<Reason | Departure>();
  const room = signal<RoomSession>();
  const deciding = signal<ReadonlySet<string>>(new Set());
  let rejoins = 0;

  const putTroubleAway = (): void => {
    trouble.value = undefined;
  };

  const finish = (how: HostStage): void => {
    waitingRoom.close();
    room.value?.leave();
    room.value = undefined;
    wasInRoom.forget();
    forgetChat();
    media.close();
    stage.value = how;
  };

  const opened = (): void => {
    // A host whose call was cut off, and to whom the server speaks again, is led back into it.
    const isBack = stage.value === 'lobby' && (trouble.value === 'lost' || trouble.value === 'offline');
    if (stage.value !== 'opening' && !isBack) return;
    stage.value = 'lobby';
    if (wasInRoom.read() !== undefined) void join();
  };

  const refused = (reason: Reason): void => {
    if (reason === 'noSuchMeeting') return finish('wrongNumber');
    if (reason === 'ended') return finish('ended');
    if (reason === 'operatorsOnly' || reason === 'operatorsClosed' || stage.value === 'opening') {
      trouble.value = reason;
      if (stage.value === 'opening') stage.value = 'stuck';
      return;
    }
    waitingRoom.openLater();
  };

  const waitingRoom = createHostsWaitingRoom(meetingId, { opened, refused, knocked });

  const join = async (): Promise<void> => {
    if (stage.value === 'joining' || stage.value === 'inRoom') return;
    stage.value = 'joining';
    trouble.value = undefined;
    try {
      const session = await enterRoom(await joinAsHost(meetingId, name.value.trim()), media, out);
      if (stage.value !== 'joining') return session.leave();
      room.value = session;
      rejoins = 0;
      wasInRoom.keep('yes');
      stage.value = 'inRoom';
      void waitingRoom.open();
    } catch (error) {
      if (stage.value !== 'joining') return;
      const reason = error instanceof JoinFailure ? error.why : reasonOf(error);
      if (reason === 'ended') return finish('ended');
      if (reason === 'noSuchMeeting') return finish('wrongNumber');
      stage.value = 'lobby';
      trouble.value = reason;
      if (reason === 'lost' || reason === 'offline') rejoinLater();
    }
  };

  /** The call has ended without us: the server knows whether the meeting has. */
  const out = (why: Departure): void => {
    room.value = undefined;
    stage.value = 'lobby';
    trouble.value = why;
    void waitingRoom.open();
    if (why === 'lost') rejoinLater();
  };

  const rejoinLater = (): void => {
    if (wasInRoom.read() === undefined || rejoins >= MAX_REJOINS) return;
    rejoins += 1;
    setTimeout(() => stage.value === 'lobby' && void join(), REJOIN_MS * rejoins);
  };

  return {
    meetingId,
    name,
    stage,
    trouble,
    admission: waitingRoom.admission,
    connection: waitingRoom.connection,
    guests: waitingRoom.guests,
    waiting: waitingRoom.waiting,
    room,
    deciding,
    join,
    open() {
      if (stage.value === 'stuck') stage.value = 'opening';
      return waitingRoom.open();
    },
    async say(guestId, words) {
      const whom = guestId === undefined ? ({ all: true } as const) : { guest_id: guestId };
      try {
        await sayTo(meetingId, whom, words, name.value.trim());
        return undefined;
      } catch (error) {
        return reasonOf(error);
      }
    },
    leave: () => finish('left'),
    putTroubleAway,
    async end() {
      putTroubleAway();
      try {
        await endMeeting(meetingId);
        finish('ended');
      } catch (error) {
        trouble.value = reasonOf(error);
      }
    },
    async decide(what, whom) {
      const key = 'guest_id' in whom ? whom.guest_id : 'all';
      deciding.value = new Set([...deciding.value, key]);
      putTroubleAway();
      try {
        const { guests } = await decide(what, meetingId, whom);
        // The list that is watched tells as well; whichever comes first.
        waitingRoom.decided(
          guests.filter(({ guest_id, state }) => state !== 'waiting' && (key === 'all' || key === guest_id)),
        );
      } catch (error) {
        trouble.value = reasonOf(error);
      } finally {
        deciding.value = new Set([...deciding.value].filter((one) => one !== key));
      }
    },
  };
}
