/** One's own camera or microphone: whether it is on, which one it is, and what is wrong with it. */
import { type Signal, signal } from '@preact/signals';
import { kept } from '../keep/kept';
import { capture, CaptureError, type CaptureFailure, type Device } from './capture';

export interface OwnDevice {
  readonly kind: Device;
  /** undefined while it is off. A muted microphone has a track, which sends silence. */
  readonly track: Signal<MediaStreamTrack | undefined>;
  /** What the person wants, whether or not it can be had. */
  readonly isOn: Signal<boolean>;
  readonly isOpening: Signal<boolean>;
  readonly failure: Signal<CaptureFailure | undefined>;
  /** Opens it, unless it is open; never throws: see {@link failure}. */
  turnOn(): Promise<void>;
  /** The camera's light goes out; the microphone stays open, silent, so that it is back at once. */
  turnOff(): void;
  choose(deviceId: string): Promise<void>;
  /** Takes over what was opened elsewhere. */
  take(track: MediaStreamTrack): void;
  /** Gives the device back. */
  close(): void;
}

export function createOwnDevice(kind: Device): OwnDevice {
  const track = signal<MediaStreamTrack>();
  const isOn = signal(false);
  const isOpening = signal(false);
  const failure = signal<CaptureFailure>();
  const chosen = kept(`${kind}.chosen`);
  const wanted = kept(`${kind}.on`);

  const drop = (): void => {
    const old = track.value;
    track.value = undefined;
    old?.stop();
  };

  const take = (fresh: MediaStreamTrack): void => {
    drop();
    failure.value = undefined;
    isOn.value = true;
    wanted.keep('yes');
    fresh.addEventListener('ended', () => {
      // Only what is taken away from us ends by itself: stop() tells nobody.
      if (track.value !== fresh) return;
      track.value = undefined;
      isOn.value = false;
      failure.value = 'lost';
    });
    track.value = fresh;
  };

  const openIt = async (deviceId: string | undefined): Promise<void> => {
    isOpening.value = true;
    failure.value = undefined;
    try {
      take(await capture(kind, deviceId));
    } catch (error) {
      // The one that was chosen is gone: any other will do.
      if (deviceId && (error as CaptureError).failure === 'missing') {
        chosen.forget();
        return await openIt(undefined);
      }
      isOn.value = false;
      failure.value = error instanceof CaptureError ? error.failure : 'busy';
    } finally {
      isOpening.value = false;
    }
  };

  return {
    kind,
    track,
    isOn,
    isOpening,
    failure,
    take,
    async turnOn() {
      if (isOpening.value) return;
      if (!track.value) return openIt(chosen.read());
      track.value.enabled = true;
      isOn.value = true;
      wanted.keep('yes');
    },
    turnOff() {
      isOn.value = false;
      wanted.keep('no');
      if (kind === 'camera') drop();
      else if (track.value) track.value.enabled = false;
    },
    async choose(deviceId) {
      chosen.keep(deviceId);
      const wasOn = isOn.value;
      // Some systems open only one at a time.
      drop();
      await openIt(deviceId);
      if (!wasOn) this.turnOff();
    },
    close() {
      drop();
      isOn.value = false;
    },
  };
}

/** Whether this tab had it on before the page was loaded again; undefined when nothing was decided yet. */
export function wasOn(kind: Device): boolean | undefined {
  const answer = kept(`${kind}.on`).read();
  return answer === undefined ? undefined : answer === 'yes';
}
