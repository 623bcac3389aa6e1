/** One's own camera or microphone: whether it is on, which one it is, and what is wrong with it. */
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { kept, keptInBrowser } from '../keep/kept';
import { capture, CaptureError, type CaptureFailure, type Device, type Opening } from './capture';
import { type DeviceList, type DeviceNews, KINDS } from './device-list';

export interface OwnDevice {
  readonly kind: Device;
  /** What the others get; undefined while it is off. A muted microphone has a track, which sends silence. */
  readonly track: ReadonlySignal<MediaStreamTrack | undefined>;
  /** As the device gives it, before anything is done to it: for this page's own eyes and ears. */
  readonly raw: ReadonlySignal<MediaStreamTrack | undefined>;
  /** Which one is open; undefined while none is. */
  readonly deviceId: ReadonlySignal<string | undefined>;
  /** What the person wants, whether or not it can be had. */
  readonly isOn: Signal<boolean>;
  readonly isOpening: Signal<boolean>;
  readonly failure: Signal<CaptureFailure | undefined>;
  /** Opens it, unless it is open; never throws: see {@link failure}. */
  turnOn(): Promise<void>;
  /** The camera's light goes out; the microphone stays open, silent, so that it is back at once. */
  turnOff(): void;
  choose(deviceId: string): Promise<void>;
  /** Opens the same one again, in another way. */
  reopen(): Promise<void>;
  /** How it is opened unless somebody says otherwise. */
  opening(): Opening;
  /** Takes over what was opened elsewhere. */
  take(track: MediaStreamTrack): void;
  /** Gives the device back. */
  close(): void;
}

/** What is done to the picture or the sound before anybody gets it. */
export type Treatment = (
  raw: ReadonlySignal<MediaStreamTrack | undefined>,
) => ReadonlySignal<MediaStreamTrack | undefined>;

export interface OwnDeviceSettings {
  readonly kind: Device;
  readonly list: DeviceList;
  readonly treat: Treatment;
  readonly isOriginal?: () => boolean;
  readonly tell: (news: DeviceNews) => void;
}

/** The list may say for a moment that what was pulled out is still there. */
const LIST_LAG_MS = 400;

export function createOwnDevice({ kind, list, treat, isOriginal, tell }: OwnDeviceSettings): OwnDevice {
  const raw = signal<MediaStreamTrack>();
  const isOn = signal(false);
  const isOpening = signal(false);
  const failure = signal<CaptureFailure>();
  const chosen = keptInBrowser(`${kind}.chosen`);
  const wanted = kept(`${kind}.on`);
  /** The one to come back to; undefined while the person has not chosen and none has gone. */
  let preferred = chosen.read();
  /** It went away and no other could be had: whether it was on then. */
  let waitedFor: boolean | undefined;
  let turns = 0;
  /** Whether what is being opened will be on: the person may press the switch meanwhile. */
  let goesOn = true;

  const opening = (deviceId = preferred): Opening => ({ deviceId, isOriginal: isOriginal?.() ?? false });

  const drop = (): void => {
    const old = raw.value;
    raw.value = undefined;
    old?.stop();
  };

  const take = (fresh: MediaStreamTrack, isWanted = true): void => {
    const old = raw.value;
    failure.value = undefined;
    waitedFor = undefined;
    // In this order nobody hears a word of a microphone that is muted.
    fresh.enabled = isWanted;
    isOn.value = isWanted;
    if (isWanted) wanted.keep('yes');
    fresh.addEventListener('ended', () => {
      // Only what is taken away from us ends by itself: stop() tells nobody.
      if (raw.value === fresh) void replace(fresh);
    });
    raw.value = fresh;
    old?.stop();
  };

  /** @returns whether it is open; undefined when something else was wanted meanwhile. */
  const openIt = async (how: Opening, isWanted: boolean): Promise<boolean | undefined> => {
    const turn = ++turns;
    goesOn = isWanted;
    isOpening.value = true;
    failure.value = undefined;
    try {
      const fresh = await captureAny(kind, how);
      if (turn === turns) take(fresh, goesOn);
      else fresh.stop();
    } catch (error) {
      if (turn !== turns) return undefined;
      isOn.value = false;
      failure.value = error instanceof CaptureError ? error.failure : 'busy';
    } finally {
      if (turn === turns) isOpening.value = false;
    }
    return turn === turns ? raw.value !== undefined : undefined;
  };

  /** Another one in place of the one that is open. */
  const change = (how: Opening, isWanted = isOn.value): Promise<boolean | undefined> => {
    // Some systems open only one at a time.
    drop();
    return openIt(how, isWanted);
  };

  const changeAndTell = async (
    how: Opening,
    what: DeviceNews['what'],
    isWanted?: boolean,
  ): Promise<boolean | undefined> => {
    const isOpen = await change(how, isWanted);
    if (isOpen) tell({ kind, what, name: nameOf(list, how.deviceId) });
    return isOpen;
  };

  const replace = async (gone: MediaStreamTrack): Promise<void> => {
    const goneId = gone.getSettings().deviceId;
    const turn = turns;
    raw.value = undefined;
    preferred ??= goneId;
    const [other] = await othersThan(list, kind, goneId);
    // It may have been closed meanwhile, or turned off, or opened anew.
    if (turn !== turns || raw.value || isOpening.value) return;
    goesOn = isOn.value;
    if (other !== undefined && (await changeAndTell(opening(other), 'fellBack')) !== false) return;
    waitedFor = goesOn;
    isOn.value = false;
    failure.value = 'lost';
  };

  list.onChange((now) => {
    const ids = idsOf(now, kind);
    if (ids.length === 0 || isOpening.value) return;
    if (failure.value === 'missing') failure.value = undefined;
    const isThere = preferred !== undefined && ids.includes(preferred);
    const isAway = isThere && raw.value !== undefined && raw.value.getSettings().deviceId !== preferred;
    if (!isAway && waitedFor === undefined) return;
    const deviceId = isThere ? preferred : ids[0];
    void changeAndTell(opening(deviceId), isThere ? 'cameBack' : 'fellBack', waitedFor);
  });

  const turnOff = (): void => {
    isOn.value = false;
    goesOn = false;
    waitedFor = undefined;
    wanted.keep('no');
    if (raw.value && kind === 'microphone') raw.value.enabled = false;
    if (kind !== 'camera') return;
    // What is being opened comes too late.
    turns += 1;
    isOpening.value = false;
    drop();
  };

  return {
    kind,
    track: treat(raw),
    raw,
    deviceId: computed(() => raw.value?.getSettings().deviceId),
    isOn,
    isOpening,
    failure,
    take,
    opening,
    turnOff,
    async turnOn() {
      goesOn = true;
      if (isOpening.value) return;
      if (!raw.value) {
        await openIt(opening(), true);
        return;
      }
      raw.value.enabled = true;
      isOn.value = true;
      wanted.keep('yes');
    },
    async choose(deviceId) {
      preferred = deviceId;
      chosen.keep(deviceId);
      // A camera that is off stays dark; the choice counts from the next time on.
      const isTry = failure.value !== undefined;
      if (kind === 'microphone' || isOn.value || isTry) await change(opening(), isOn.value || isTry);
    },
    async reopen() {
      if (raw.value) await change(opening(raw.value.getSettings().deviceId));
    },
    close() {
      turns += 1;
      waitedFor = undefined;
      isOpening.value = false;
      drop();
      isOn.value = false;
    },
  };
}

/** The one that is wanted, or any other when it is not there. @throws CaptureError */
async function captureAny(kind: Device, how: Opening): Promise<MediaStreamTrack> {
  try {
    return await capture(kind, how);
  } catch (error) {
    if (!how.deviceId || (error as CaptureError).failure !== 'missing') throw error;
    return await capture(kind, { ...how, deviceId: undefined });
  }
}

const nameOf = ({ all }: DeviceList, id: string | undefined): string =>
  all.value.find(({ deviceId }) => deviceId === id)?.label ?? '';

const idsOf = (all: readonly MediaDeviceInfo[], kind: Device): string[] =>
  all.filter((info) => info.kind === KINDS[kind]).map(({ deviceId }) => deviceId);

/** Those that could be used instead; none as long as the one that ended is still there. */
async function othersThan(list: DeviceList, kind: Device, goneId = ''): Promise<string[]> {
  for (const lag of [0, LIST_LAG_MS]) {
    await new Promise((done) => setTimeout(done, lag));
    const ids = idsOf(await list.look(), kind);
    if (!ids.includes(goneId)) return ids;
  }
  return [];
}

/** Whether this tab had it on before the page was loaded again; undefined when nothing was decided yet. */
export function wasOn(kind: Device): boolean | undefined {
  const answer = kept(`${kind}.on`).read();
  return answer === undefined ? undefined : answer === 'yes';
}
