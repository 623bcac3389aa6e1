/** What one shows of one's own screen: asked for once at a time, and given back with the call. */
import { type ReadonlySignal, signal } from '@preact/signals';
import { captureScreen } from './capture';

export interface OwnScreen {
  readonly track: ReadonlySignal<MediaStreamTrack | undefined>;
  /** Asks what is to be shown, unless that is being asked already. @throws CaptureError */
  readonly share: () => Promise<void>;
  readonly stop: () => void;
  /** For good: what is picked later is not shown. */
  readonly close: () => void;
}

export function createOwnScreen(): OwnScreen {
  const track = signal<MediaStreamTrack>();
  let isAsking = false;
  let isClosed = false;

  const show = (fresh: MediaStreamTrack | undefined): void => {
    track.value?.stop();
    track.value = fresh;
  };

  return {
    track,
    async share() {
      if (isAsking) return;
      isAsking = true;
      const fresh = await captureScreen().finally(() => (isAsking = false));
      if (!fresh) return;
      if (isClosed) return fresh.stop();
      // The browser's own "Stop sharing" button.
      fresh.addEventListener('ended', () => {
        if (track.value === fresh) track.value = undefined;
      });
      show(fresh);
    },
    stop: () => show(undefined),
    close() {
      isClosed = true;
      show(undefined);
    },
  };
}
