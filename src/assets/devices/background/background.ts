/** What the camera gives away of the room: as chosen, blurred; and nothing at all while that cannot be had. */
import { effect, type ReadonlySignal, signal, untracked } from '@preact/signals';
import type { Treatment } from '../own-device';
import { backgroundStrength, type Strength } from './choice';
import type { BlurFailure, Blurring } from './blurring';
import { blursItself } from './native-blur';

export interface Background {
  /** The camera is on, and shows nothing yet. */
  readonly isPreparing: ReadonlySignal<boolean>;
  /** Why the camera, though it is on, shows nothing. Until the person has decided, or turns it on again. */
  readonly failure: ReadonlySignal<BlurFailure | undefined>;
  readonly treat: Treatment;
}

export function createBackground(): Background {
  const isPreparing = signal(false);
  const failure = signal<BlurFailure>();
  const sent = signal<MediaStreamTrack>();
  let blurring: (Blurring & { readonly of: MediaStreamTrack }) | undefined;
  let turns = 0;

  const fail = (why: BlurFailure): void => {
    blurring = undefined;
    sent.value = undefined;
    isPreparing.value = false;
    failure.value = why;
  };

  const follow = async (camera: MediaStreamTrack | undefined, strength: Strength): Promise<void> => {
    if (camera && strength !== 'off' && blurring?.of === camera) return blurring.setStrength(strength);
    const turn = ++turns;
    blurring?.end();
    blurring = undefined;
    failure.value = undefined;
    const isWanted = camera !== undefined && strength !== 'off';
    sent.value = isWanted ? undefined : camera;
    isPreparing.value = isWanted;
    if (!isWanted) return;
    try {
      if (await blursItself(camera, () => turn === turns && void follow(camera, backgroundStrength.value))) {
        if (turn === turns) sent.value = camera;
        return;
      }
      const { blur } = await import('./blurring');
      const fresh = await blur(camera, strength, (why) => turn === turns && fail(why));
      if (turn !== turns) return fresh.end();
      blurring = { ...fresh, of: camera };
      // It may have been made stronger meanwhile.
      blurring.setStrength(backgroundStrength.value);
      sent.value = fresh.track;
    } catch (error) {
      if (turn === turns) fail((error as { why?: BlurFailure }).why ?? 'notLoaded');
    } finally {
      if (turn === turns) isPreparing.value = false;
    }
  };

  return {
    isPreparing,
    failure,
    treat(raw) {
      effect(() => {
        const [camera, strength] = [raw.value, backgroundStrength.value];
        untracked(() => void follow(camera, strength));
      });
      return sent;
    },
  };
}
