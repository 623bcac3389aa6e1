/** Whether somebody talks whose microphone is muted. What is heard for that stays in this page, and is not kept. */
import { useEffect, useState } from 'preact/hooks';
import { listen } from './level';
import type { OwnDevice } from './own-device';

const LOOK_MS = 100;
/** From here on it is a voice near the microphone: above what a quiet room gives. */
const LOUD = 0.55;
/** So long within the last while, ms: no cough, no door. */
const TALKING_MS = 600;
const WHILE_MS = 2_000;
const QUIET_AFTER_MS = 4_000;

export function useTalkingUnheard(microphone: OwnDevice): boolean {
  const [isTalking, setTalking] = useState(false);
  const raw = microphone.raw.value;
  const isMuted = raw !== undefined && !microphone.isOn.value;
  useEffect(() => {
    setTalking(false);
    if (!isMuted) return undefined;
    // The one that the others would get is silent.
    const own = raw.clone();
    own.enabled = true;
    const ear = listen(own);
    let loud: number[] = [];
    let lastLoud = -Infinity;
    const look = (): void => {
      const now = performance.now();
      loud = loud.filter((at) => at > now - WHILE_MS);
      if ((ear?.level() ?? 0) > LOUD) {
        loud.push(now);
        lastLoud = now;
      }
      if (loud.length * LOOK_MS >= TALKING_MS) setTalking(true);
      else if (now - lastLoud > QUIET_AFTER_MS) setTalking(false);
    };
    const timer = setInterval(look, LOOK_MS);
    return () => {
      clearInterval(timer);
      ear?.close();
      own.stop();
    };
  }, [isMuted, raw]);
  return isTalking;
}
