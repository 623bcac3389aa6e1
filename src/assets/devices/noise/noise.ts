/** What the others hear of the microphone: its sound at once, and without the noise as soon as that is proven to work. */
import { effect, type ReadonlySignal, signal, untracked } from '@preact/signals';
import type { Treatment } from '../own-device';
import { noiseReduction, type Reduction } from './choice';
import type { Suppression } from './suppression';

export interface Noise {
  /** Strong reduction is chosen, and cannot be had here: the browser's own does what it can. */
  readonly isUnable: ReadonlySignal<boolean>;
  readonly treat: Treatment;
}

export function createNoise(): Noise {
  const isUnable = signal(false);
  const sent = signal<MediaStreamTrack>();
  let suppression: Suppression | undefined;
  let turns = 0;

  const follow = async (microphone: MediaStreamTrack | undefined, reduction: Reduction): Promise<void> => {
    const turn = ++turns;
    const former = suppression;
    suppression = undefined;
    sent.value = microphone;
    isUnable.value = false;
    former?.end();
    if (!microphone || reduction !== 'strong') return;
    // From here on a failure leaves everything as it is.
    const failed = (): void => {
      if (turn !== turns) return;
      sent.value = microphone;
      isUnable.value = true;
      suppression?.end();
      suppression = undefined;
    };
    try {
      const { suppressNoise } = await import('./suppression');
      const fresh = await suppressNoise(microphone, failed);
      if (turn !== turns) return fresh.end();
      suppression = fresh;
      sent.value = fresh.track;
    } catch {
      failed();
    }
  };

  return {
    isUnable,
    treat(raw) {
      effect(() => {
        const [microphone, reduction] = [raw.value, noiseReduction.value];
        untracked(() => void follow(microphone, reduction));
      });
      return sent;
    },
  };
}
