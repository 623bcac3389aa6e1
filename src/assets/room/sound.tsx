/** What the others say. Browsers may hold sound back until somebody has touched the page. */
import { signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { playThroughSpeaker } from '../devices/speaker';
import type { Playable } from '../media/media';

/** Elements whose sound the browser has held back. */
const silenced = signal<readonly HTMLMediaElement[]>([]);

export const isSoundHeldBack = (): boolean => silenced.value.length > 0;

/** To be called from a press of a button. */
export function playHeldBack(): void {
  for (const element of silenced.value) void element.play().catch(() => undefined);
  silenced.value = [];
}

export function Sound({ playable }: { readonly playable: Playable }) {
  const ref = useRef<HTMLAudioElement>(null);
  useEffect(() => {
    const element = ref.current;
    if (!element) return undefined;
    const detach = playable.attach(element);
    const letGo = playThroughSpeaker(element);
    element.play().catch((error: unknown) => {
      if ((error as Error).name === 'NotAllowedError') silenced.value = [...silenced.value, element];
    });
    return () => {
      silenced.value = silenced.value.filter((one) => one !== element);
      letGo();
      detach();
    };
  }, [playable]);
  return <audio ref={ref} autoPlay />;
}
