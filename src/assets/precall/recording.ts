/** A few seconds of one's own voice, to be listened to and forgotten. It never leaves the page. */

export const RECORDED_MS = 4_000;

export const canRecord = (): boolean => typeof MediaRecorder === 'function';

/** @returns the address of what was recorded; to be given back by `URL.revokeObjectURL`. @throws Error */
export async function recordVoice(microphone: MediaStreamTrack): Promise<string> {
  const recorder = new MediaRecorder(new MediaStream([microphone]));
  const parts: Blob[] = [];
  recorder.addEventListener('dataavailable', ({ data }) => parts.push(data));
  const stopped = new Promise<void>((resolve, reject) => {
    recorder.addEventListener('stop', () => resolve());
    recorder.addEventListener('error', () => reject(new Error('not recorded')));
  });
  recorder.start();
  const timer = setTimeout(() => recorder.state !== 'inactive' && recorder.stop(), RECORDED_MS);
  try {
    await stopped;
  } finally {
    clearTimeout(timer);
  }
  return URL.createObjectURL(new Blob(parts, { type: recorder.mimeType }));
}
