/** Tells the host of those who wait: to be heard, to be read aloud, and by the device where it is wanted. */
import { prepareChime } from '../live/chime';
import { text } from '../texts/text';
import { announce } from '../view/announce';
import { alertOf } from './alerts';
import type { Host } from './host';
import { playKnock, playReminder } from './knock-sound';
import { createReminder } from './reminder';

const nameOr = (name: string): string => name || text('name.guest');

/** Somebody has begun to wait. */
export function tellOfKnock(names: readonly string[]): void {
  const [first = ''] = names;
  const words =
    names.length === 1
      ? text('knock.one', { name: nameOr(first) })
      : text('knock.waiting', { count: names.length });
  playKnock();
  announce(words);
  alertOf(words);
}

/** From now on until the page is left. */
export function remindOfThoseWhoWait(host: Host): void {
  prepareChime();
  const reminder = createReminder({
    waiting: host.waiting,
    isBusy: () => host.stage.value !== 'lobby',
    remind: ({ name }) => {
      playReminder();
      alertOf(text('knock.still', { name: nameOr(name) }));
    },
  });
  for (const type of ['pointerdown', 'keydown']) addEventListener(type, reminder.looked);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') reminder.looked();
  });
}
