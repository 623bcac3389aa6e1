/**
 * The pictures of a camera, one after the other, and a camera made of what became of them. Browsers do it in two ways:
 * Chromium hands over each picture, also while the page is out of sight; the others are asked for the newest one.
 */

/** Draws what becomes of `picture` over all of a canvas; rejects when nothing did. */
export type Change = (picture: Picture, on: Drawing) => Promise<void>;
export type Picture = VideoFrame | HTMLVideoElement;
export type Drawing = OffscreenCanvasRenderingContext2D | CanvasRenderingContext2D;

export interface Changed {
  readonly track: MediaStreamTrack;
  end(): void;
}

interface FrameReader {
  readonly readable: ReadableStream<VideoFrame>;
}
interface FrameWriter extends MediaStreamTrack {
  readonly writable: WritableStream<VideoFrame>;
}
type FrameStreams = {
  readonly MediaStreamTrackProcessor?: new (init: { track: MediaStreamTrack }) => FrameReader;
  readonly MediaStreamTrackGenerator?: new (init: { kind: 'video' }) => FrameWriter;
};

/** More than a camera gives, so that none is passed over. */
const MOST_A_SECOND = 30;

/** @param change is never called while it is at work. */
export async function changePictures(camera: MediaStreamTrack, change: Change): Promise<Changed> {
  const { MediaStreamTrackProcessor: Reader, MediaStreamTrackGenerator: Writer } = globalThis as FrameStreams;
  return Reader && Writer
    ? streamed(new Reader({ track: camera }), new Writer({ kind: 'video' }), change)
    : await drawn(camera, change);
}

function streamed({ readable }: FrameReader, generated: FrameWriter, change: Change): Changed {
  const reader = readable.getReader();
  const writer = generated.writable.getWriter();
  const canvas = new OffscreenCanvas(1, 1);
  const on = canvas.getContext('2d', { alpha: false });
  if (!on) throw new Error('nothing to draw on');
  const ending = new AbortController();
  const pass = async (picture: VideoFrame): Promise<void> => {
    const { timestamp, displayWidth, displayHeight } = picture;
    fit(canvas, displayWidth, displayHeight);
    try {
      await change(picture, on);
    } finally {
      picture.close();
    }
    if (!ending.signal.aborted) await writer.write(new VideoFrame(canvas, { timestamp }));
  };
  const run = async (): Promise<void> => {
    while (!ending.signal.aborted) {
      const { value, done } = await reader.read();
      if (done) return;
      // A picture that could not be changed is not shown; whoever changes them counts those.
      await pass(value).catch(() => undefined);
    }
  };
  void run().catch(() => undefined);
  return {
    track: generated,
    end() {
      ending.abort();
      void reader.cancel().catch(() => undefined);
      generated.stop();
    },
  };
}

async function drawn(camera: MediaStreamTrack, change: Change): Promise<Changed> {
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.srcObject = new MediaStream([camera]);
  await video.play();
  const canvas = document.createElement('canvas');
  const on = canvas.getContext('2d', { alpha: false });
  const [track] = canvas.captureStream(MOST_A_SECOND).getVideoTracks();
  if (!track || !on) throw new Error('a canvas that cannot be captured');
  const ending = new AbortController();
  const run = async (): Promise<void> => {
    while (!ending.signal.aborted) {
      const started = performance.now();
      fit(canvas, video.videoWidth, video.videoHeight);
      if (video.videoWidth > 0) await change(video, on).catch(() => undefined);
      const rest = 1000 / MOST_A_SECOND - (performance.now() - started);
      await new Promise((done) => setTimeout(done, Math.max(0, rest)));
    }
  };
  void run();
  return {
    track,
    end() {
      ending.abort();
      track.stop();
      video.srcObject = null;
    },
  };
}

/** Setting a size, even the same, wipes a canvas. */
function fit(canvas: OffscreenCanvas | HTMLCanvasElement, width: number, height: number): void {
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
}
