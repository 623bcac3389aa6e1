/** Reminds a host, gently, of somebody who has been waiting long while nobody has touched the page. */
import { type ReadonlySignal, signal } from '@preact/signals';
import type { GuestEntry } from '../../api/meetings';
import { kept } from '../keep/kept';

export const REMIND_EVERY_MS = 2 * 60_000;
const LOOK_EVERY_MS = 5_000;

const choice = kept('knock-reminder');

export const isReminded = signal(choice.read() !== 'no');

export function setReminded(reminded: boolean): void {
  isReminded.value = reminded;
  choice.keep(reminded ? 'yes' : 'no');
}

export interface ReminderNeeds {
  /** First come first. */
  readonly waiting: ReadonlySignal<readonly GuestEntry[]>;
  /** In a call the host talks to somebody: the number at the button has to do. */
  readonly isBusy: () => boolean;
  readonly remind: (longest: GuestEntry) => void;
}

export interface Reminder {
  /** The host has touched the page, or looks at it again. */
  readonly looked: () => void;
  readonly stop: () => void;
}

export function createReminder({ waiting, isBusy, remind }: ReminderNeeds): Reminder {
  let quietSince = Date.now();
  const timer = setInterval(() => {
    // Whoever may be away is in no hurry.
    const longest = waiting.value.find(({ away_since }) => away_since === undefined);
    const now = Date.now();
    if (!longest || !isReminded.value || isBusy()) return;
    if (now - Math.max(quietSince, Date.parse(longest.entered_at)) < REMIND_EVERY_MS) return;
    quietSince = now;
    remind(longest);
  }, LOOK_EVERY_MS);
  return {
    looked: () => (quietSince = Date.now()),
    stop: () => clearInterval(timer),
  };
}
