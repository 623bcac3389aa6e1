/** "Why can't I get in?": where a guest stands, since when, and what would change it, in one sentence for the host. */
import type { GuestState } from './guest';
import { isRemoved, type Meeting } from './meeting';

/**
 * `left`: entered, and is not on the host's list any more. `unknown`: nobody of this id is known, because they left,
 * never came, or because the meeting admits everybody and keeps no list.
 */
export type ExplainedState = GuestState | 'left' | 'ended' | 'unknown';

export interface Explanation {
  readonly state: ExplainedState;
  /** One sentence. */
  readonly explanation: string;
}

/** How a guest of a `manual` meeting stands. */
export interface Standing {
  readonly state: GuestState;
  /** As the host's list has it; undefined when the guest is not on it. */
  readonly listed?: {
    /** ms since epoch. */
    readonly enteredAt: number;
    /** ms since epoch, where the list knows when the host decided. */
    readonly decidedAt?: number | undefined;
    /** ms since epoch: since then nobody seems to be at the guest's page. */
    readonly awaySince?: number | undefined;
  };
}

export interface Circumstances {
  readonly meeting: Meeting;
  readonly guestId: string;
  /** undefined: there is no record; nor is there ever with automatic admission. */
  readonly standing: Standing | undefined;
  /** ms since epoch since which the guest is in the room; undefined: is not in it. */
  readonly inRoomSince: number | undefined;
  /** How many are in the room, the host included. */
  readonly inRoom: number;
}

const moment = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
const since = (ms: number | undefined, word = 'on'): string =>
  ms === undefined ? '' : ` ${word} ${moment(ms)}`;

export function explain(now: Circumstances): Explanation {
  const { meeting, guestId, standing } = now;
  if (meeting.state === 'ended') {
    return say('ended', 'the meeting has ended and lets nobody in; create a new one and send its number.');
  }
  if (isRemoved(meeting, guestId)) {
    const when = since(standing?.listed?.decidedAt);
    return say('removed', `the host removed this guest${when}, for good; only a new meeting lets them in.`);
  }
  return meeting.admission === 'auto' ? explainAuto(now) : explainManual(now);
}

const say = (state: ExplainedState, sentence: string): Explanation => ({
  state,
  explanation: sentence.charAt(0).toUpperCase() + sentence.slice(1),
});

const isFull = ({ meeting, inRoom }: Circumstances): boolean => inRoom >= meeting.maxParticipants;
const fullness = ({ meeting }: Circumstances): string =>
  `the room is full (${meeting.maxParticipants} people), so somebody has to leave it first.`;

/** Guests of such a meeting are known by being in its room. */
function explainAuto(now: Circumstances): Explanation {
  if (now.inRoomSince !== undefined) return inside(now, '');
  if (now.meeting.roomId === undefined) {
    return say(
      'unknown',
      'this meeting lists nobody who waits: the host has not joined yet, and then everybody gets in.',
    );
  }
  const absent = 'no such guest is in the room, and this meeting admits everybody who has its number';
  if (isFull(now)) return say('unknown', `${absent}; but ${fullness(now)}`);
  return say('unknown', `${absent}: opening the link again is enough.`);
}

function explainManual(now: Circumstances): Explanation {
  const { meeting, standing } = now;
  const decided = since(standing?.listed?.decidedAt);
  switch (standing?.state) {
    case undefined:
      return say(
        'unknown',
        'no such guest is in the waiting room: they left or never entered, and opening the link puts them there.',
      );
    case 'waiting': {
      if (!standing.listed) {
        return say(
          'left',
          'this guest’s page was closed or has lost its connection; opening it again puts them on the list.',
        );
      }
      const condition = meeting.roomId === undefined ? ' and has joined the meeting' : '';
      const waiting = since(standing.listed.enteredAt, 'since');
      const away = since(standing.listed.awaySince, 'and may be away since');
      return say(
        'waiting',
        `this guest has been waiting${waiting}${away}, and gets in once the host admits them${condition}.`,
      );
    }
    case 'denied':
      return say(
        'denied',
        `the host turned this guest away${decided}; admitting them lets them in after all.`,
      );
    case 'admitted':
      return explainAdmitted(now, `the host admitted this guest${decided}`);
    default:
      return say('removed', 'the host removed this guest, for good; only a new meeting lets them in.');
  }
}

function explainAdmitted(now: Circumstances, admitted: string): Explanation {
  if (now.inRoomSince !== undefined) return inside(now, `${admitted}; `);
  if (now.meeting.roomId === undefined) {
    return say('admitted', `${admitted}, who gets in as soon as the host has joined the meeting.`);
  }
  if (isFull(now)) return say('admitted', `${admitted}, but ${fullness(now)}`);
  return say('admitted', `${admitted}, who is not in the room: opening the guest’s page again is enough.`);
}

const inside = ({ inRoomSince }: Circumstances, before: string): Explanation =>
  say('admitted', `${before}this guest has been in the room${since(inRoomSince, 'since')}, until removed.`);
