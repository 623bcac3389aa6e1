/** Notifications of the device while the page is out of sight; only for those who asked for them. */
import { signal } from '@preact/signals';
import { keptInBrowser } from '../keep/kept';
import { ownTitle } from '../view/title';

const choice = keptInBrowser('knock-alerts');

export type Alerts = 'on' | 'off' | 'blocked' | 'unable';

/** Phones have them for installed apps alone, and say so by failing. */
const canAlert = (): boolean => typeof Notification === 'function' && isSecureContext;

function now(): Alerts {
  if (!canAlert()) return 'unable';
  if (Notification.permission === 'denied') return 'blocked';
  return choice.read() === 'yes' && Notification.permission === 'granted' ? 'on' : 'off';
}

export const alerts = signal<Alerts>(now());

/** Asks the browser for permission if need be; whoever gives no answer has none. Never throws. */
export async function setAlerts(wanted: boolean): Promise<void> {
  choice.keep(wanted ? 'yes' : 'no');
  try {
    if (wanted && Notification.permission === 'default') await Notification.requestPermission();
  } catch {
    // Not where a policy forbids even to ask.
  }
  alerts.value = now();
}

/** One at a time: a newer one takes the place of the older. */
export function alertOf(words: string): void {
  if (alerts.value !== 'on' || document.visibilityState === 'visible') return;
  try {
    const shown = new Notification(ownTitle(), { body: words, tag: location.pathname + location.hash });
    shown.addEventListener('click', () => {
      window.focus();
      shown.close();
    });
  } catch {
    alerts.value = 'unable';
  }
}
