/** How loud a microphone is. */
import { useEffect, useRef } from 'preact/hooks';

/** Looks so often; less where motion is not wanted. */
const LOOK_MS = 60;
const CALM_LOOK_MS = 500;

export interface Ear {
  /** 0 is silence, 1 as loud as people talk. */
  level(): number;
  close(): void;
}

/** @returns undefined where sound cannot be looked at */
export function listen(track: MediaStreamTrack): Ear | undefined {
  if (typeof AudioContext !== 'function') return undefined;
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 512;
  context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  return {
    level() {
      // Without a gesture the browser keeps it asleep; on iPhones a call interrupts it.
      if (context.state !== 'running') void context.resume().catch(() => undefined);
      analyser.getFloatTimeDomainData(samples);
      const power = samples.reduce((sum, value) => sum + value * value, 0) / samples.length;
      // -60 dB is silence, -10 dB is as loud as people talk.
      return power > 0 ? Math.min(1, Math.max(0, (10 * Math.log10(power) + 60) / 50)) : 0;
    },
    close: () => void context.close(),
  };
}

/**
 * Sets `--level` (0 to 1) on the element that it returns the reference for, as long as there is a track.
 * Not through the view's state: that would draw everything again many times a second.
 * @param heard told each time, too
 */
export function useLevel(track: MediaStreamTrack | undefined, heard?: (level: number) => void) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = ref.current;
    const ear = element && track && listen(track);
    if (!ear) return undefined;
    const look = (): void => {
      const level = ear.level();
      element.style.setProperty('--level', level.toFixed(2));
      heard?.(level);
    };
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const timer = setInterval(look, calm ? CALM_LOOK_MS : LOOK_MS);
    return () => {
      clearInterval(timer);
      element.style.removeProperty('--level');
      ear.close();
    };
  }, [track]);
  return ref;
}
