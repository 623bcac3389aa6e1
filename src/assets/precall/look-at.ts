/** What a camera's picture is like now. */

export interface Look {
  readonly width: number;
  readonly height: number;
  /** Hardly anything is to be seen: no light, or the cover is shut. */
  readonly isDark: boolean;
}

/** Of 255, on average. */
const DARK_BELOW = 24;
const PIXELS = 24;
const PATIENCE_MS = 4_000;

/** @returns undefined when no picture comes */
export async function lookAt(track: MediaStreamTrack): Promise<Look | undefined> {
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.srcObject = new MediaStream([track]);
  try {
    await Promise.race([
      video.play(),
      new Promise((_, reject) => setTimeout(() => reject(new Error('late')), PATIENCE_MS)),
    ]);
    const { videoWidth: width, videoHeight: height } = video;
    if (width === 0) return undefined;
    return { width, height, isDark: brightness(video) < DARK_BELOW };
  } catch {
    return undefined;
  } finally {
    video.srcObject = null;
  }
}

function brightness(video: HTMLVideoElement): number {
  const canvas = document.createElement('canvas');
  canvas.width = PIXELS;
  canvas.height = PIXELS;
  const on = canvas.getContext('2d', { willReadFrequently: true });
  if (!on) return Infinity;
  on.drawImage(video, 0, 0, PIXELS, PIXELS);
  const { data } = on.getImageData(0, 0, PIXELS, PIXELS);
  let sum = 0;
  for (let at = 0; at < data.length; at += 4) {
    // Rec. 709.
    sum += 0.2126 * (data[at] ?? 0) + 0.7152 * (data[at + 1] ?? 0) + 0.0722 * (data[at + 2] ?? 0);
  }
  return sum / (PIXELS * PIXELS);
}
