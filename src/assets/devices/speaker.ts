/** Where sound comes out: one choice for everything that this page lets be heard. */
import { effect, type ReadonlySignal, signal } from '@preact/signals';
import { keptInBrowser } from '../keep/kept';
import { type DeviceNews, KINDS } from './device-list';

/** What plays, in browsers where it can be told where to. */
interface Outlet {
  setSinkId?: (deviceId: string) => Promise<void>;
}

/** The browser's own choice. */
const DEFAULT = '';

export const canChooseSpeaker = (): boolean =>
  typeof HTMLMediaElement === 'function' && 'setSinkId' in HTMLMediaElement.prototype;

const choice = keptInBrowser('speaker.chosen');
const chosen = signal(choice.read() ?? DEFAULT);
const used = signal(chosen.value);

/** Id of the one that sound comes out of now; '' for the browser's own choice. */
export const speakerInUse: ReadonlySignal<string> = used;

export function chooseSpeaker(deviceId: string): void {
  chosen.value = deviceId;
  used.value = deviceId;
  choice.keep(deviceId);
}

/** @returns lets it go; what plays as long as the page is there need not be */
export function playThroughSpeaker(player: HTMLMediaElement | AudioContext): () => void {
  const outlet = player as EventTarget & Outlet;
  if (!outlet.setSinkId) return () => undefined;
  return effect(() => {
    // One that is gone, or that nobody has allowed: then the browser's own choice goes on.
    void outlet.setSinkId?.(used.value).catch(() => undefined);
  });
}

/**
 * Keeps to what is plugged in.
 * @param now what is there
 */
export function noteSpeakers(now: readonly MediaDeviceInfo[], tell: (news: DeviceNews) => void): void {
  const speakers = now.filter(({ kind }) => kind === KINDS.speaker);
  // Some browsers list none.
  if (speakers.length === 0 || chosen.value === DEFAULT) return;
  const found = speakers.find(({ deviceId }) => deviceId === chosen.value);
  const next = found ? chosen.value : DEFAULT;
  if (next === used.value) return;
  used.value = next;
  tell({
    kind: 'speaker',
    what: found ? 'cameBack' : 'fellBack',
    name: (found ?? speakers.find(({ deviceId }) => deviceId === 'default') ?? speakers[0])?.label ?? '',
  });
}
