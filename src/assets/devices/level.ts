/** How loud a microphone is. */
import { useEffect, useRef } from 'preact/hooks';

/** Looks so often; less where motion is not wanted. */
const LOOK_MS = 60;
const CALM_LOOK_MS = 500;

/**
 * Sets `--level` (0 to 1) on the element that it returns the reference for, as long as there is a track.
 * Not through the view's state: that would draw everything again many times a second.
 */
export function useLevel(track: MediaStreamTrack | undefined) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = ref.current;
    if (!element || !track || typeof AudioContext !== 'function') return undefined;
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    analyser.fftSize = 512;
    context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    const look = (): void => {
      // Without a gesture the browser keeps it asleep.
      if (context.state === 'suspended') void context.resume();
      analyser.getFloatTimeDomainData(samples);
      const power = samples.reduce((sum, value) => sum + value * value, 0) / samples.length;
      // -60 dB is silence, -10 dB is as loud as people talk.
      const level = power > 0 ? (10 * Math.log10(power) + 60) / 50 : 0;
      element.style.setProperty('--level', Math.min(1, Math.max(0, level)).toFixed(2));
    };
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const timer = setInterval(look, calm ? CALM_LOOK_MS : LOOK_MS);
    return () => {
      clearInterval(timer);
      element.style.removeProperty('--level');
      void context.close();
    };
  }, [track]);
  return ref;
}
