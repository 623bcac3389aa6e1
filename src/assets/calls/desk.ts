/** Everything that somebody who is online has: a line, a phone, the others, and the calls that were missed. */
import { effect, type ReadonlySignal, signal, untracked } from '@preact/signals';
import type { UserEntry } from '../../api/calls';
import type { Reason } from '../api/refusal';
import type { OwnMedia } from '../devices/own-media';
import { createLine, type Line } from './line/line';
import { createMissedCalls, type MissedCalls } from './missed';
import { createPeople, type People } from './people';
import { createPhone, type Phone } from './phone';
import { wakeWithBrowser } from '../live/wake';

export interface Desk {
  readonly user: UserEntry;
  readonly line: Line;
  readonly phone: Phone;
  readonly people: People;
  readonly missed: MissedCalls;
  /** Why one cannot be online, if trying again does not help. */
  readonly refused: ReadonlySignal<Reason | undefined>;
  /** Offline, and nothing of it goes on. */
  close(): void;
}

export function createDesk(user: UserEntry, media: OwnMedia): Desk {
  const refused = signal<Reason>();
  const isShown = signal(document.visibilityState === 'visible');
  const missed = createMissedCalls(user.id);
  const phone = createPhone({
    me: user,
    media,
    missed,
    isPrompt: () => line.state.value === 'live' && line.via.value === 'socket',
  });
  const line = createLine(user, {
    told: ({ id, call }) => phone.told(call, Number(id.slice(id.lastIndexOf(':') + 1))),
    refused: (reason) => (refused.value = reason),
  });
  // A line that does not put one among those who are online is dead, whatever it says.
  const people = createPeople(user, (isListed) => {
    if (!isListed && line.state.value === 'live') line.renew();
  });

  const stops = [
    effect(() => {
      const { stage } = phone.state.value;
      const isLookedAt = isShown.value && (stage === 'idle' || stage === 'elsewhere');
      const act = isLookedAt && line.state.value === 'live' ? people.look : people.rest;
      untracked(act);
    }),
    // What came while nobody could tell is looked for.
    effect(() => {
      if (line.state.value === 'live') untracked(phone.wake);
    }),
    wakeWithBrowser({
      shown: (now) => (isShown.value = now),
      awake: (isLong) => {
        if (refused.value !== undefined) return;
        if (isLong || line.state.value !== 'live') line.renew();
        phone.wake();
      },
      leaving: () => line.close(),
    }),
  ];
  return {
    user,
    line,
    phone,
    people,
    missed,
    refused,
    close() {
      for (const stop of stops) stop();
      people.rest();
      line.close();
      phone.close();
    },
  };
}
