/**
 * Blurs what is behind the person in a camera's pictures. A model that runs in a worker tells the person from the rest;
 * it comes from where the page comes from, when it is first wanted. What could not be blurred is never shown.
 */
import { GaussianBlurBackgroundProcessor } from '@twilio/video-processors';
import { PICTURE } from '../capture';
import type { Strength } from './choice';
import { createPace } from './pace';
import { changePictures, type Change, type Drawing, type Picture } from './pictures';

export type BlurFailure =
  /** This browser, or this device's graphics, cannot do it. */
  | 'unable'
  /** It can, and so slowly that nobody would want to see it. */
  | 'tooSlow'
  /** It did, and stopped. */
  | 'stalled'
  /** The model did not come through. */
  | 'notLoaded';

export class BlurError extends Error {
  override readonly name = 'BlurError';

  constructor(readonly why: BlurFailure) {
    super(why);
  }
}

export interface Blurring {
  readonly track: MediaStreamTrack;
  setStrength(strength: Strength): void;
  end(): void;
}

const FILES = '/effects/blur/';
/** Of pictures 360 high; larger ones are blurred as much more. */
const RADIUS_PX: Readonly<Record<Strength, number>> = { off: 0, slight: 7, strong: 20 };
const RADIUS_HEIGHT = 360;
/** By this share of its size the picture under the edges is larger, on each side. */
const BEYOND = 0.08;
const SMALL: MediaTrackConstraints = {
  width: { ideal: 640 },
  height: { ideal: 360 },
  frameRate: { ideal: 24, max: 24 },
};
/** Three megabytes, which a slow network takes its time for. */
const LOAD_MS = 60_000;
const FIRST_PICTURE_MS = 15_000;
const STALLED_MS = 5_000;
/** One after the other. */
const MOST_FAILURES = 20;

/** One for the page: it has a worker of its own, and the model in its memory. */
let processor: GaussianBlurBackgroundProcessor | undefined;
/** What it draws on. Its very first picture goes nowhere. */
let blurred: OffscreenCanvas | undefined;
let isPrimed = false;
let loaded: Promise<void> | undefined;
/** It works on one picture at a time, whichever camera it is from. */
let atWork: Promise<unknown> = Promise.resolve();

/** @throws BlurError */
async function load(): Promise<GaussianBlurBackgroundProcessor> {
  if (!loaded && !canBlur()) throw new BlurError('unable');
  processor ??= new GaussianBlurBackgroundProcessor({
    assetsPath: FILES,
    blurFilterRadius: RADIUS_PX.strong,
  });
  loaded ??= processor.loadModel();
  try {
    await within(LOAD_MS, loaded);
  } catch {
    loaded = undefined;
    throw new BlurError('notLoaded');
  }
  return processor;
}

function canBlur(): boolean {
  try {
    return (
      typeof Worker === 'function' &&
      typeof WebAssembly === 'object' &&
      new OffscreenCanvas(1, 1).getContext('webgl2') !== null
    );
  } catch {
    return false;
  }
}

/**
 * @param failed told once, when it does not go on; nothing is shown from then on
 * @throws BlurError
 */
export async function blur(
  camera: MediaStreamTrack,
  strength: Strength,
  failed: (why: BlurFailure) => void,
): Promise<Blurring> {
  const blurrer = await load();
  let wanted = strength;
  let isSmall = false;
  let pace = createPace(isSmall);
  let failures = 0;
  let lastAt = performance.now();
  let isOver = false;
  const first = resolvers();

  const fail = (why: BlurFailure): void => {
    if (isOver) return;
    end();
    first.reject(new BlurError(why));
    failed(why);
  };
  const makeSmaller = (): void => {
    isSmall = true;
    pace = createPace(isSmall);
    void camera.applyConstraints(SMALL).catch(() => undefined);
  };

  const change: Change = async (picture, on) => {
    const radius = Math.round((RADIUS_PX[wanted] * on.canvas.height) / RADIUS_HEIGHT) || 1;
    if (blurrer.blurFilterRadius !== radius) blurrer.blurFilterRadius = radius;
    const started = performance.now();
    const work = atWork.then(() => drawBlurred(blurrer, picture, on));
    atWork = work.catch(() => undefined);
    try {
      await work;
    } catch (error) {
      failures += 1;
      if (failures > MOST_FAILURES) fail('unable');
      throw error;
    }
    failures = 0;
    lastAt = performance.now();
    first.resolve();
    const verdict = pace.note(lastAt - started);
    if (verdict === 'smaller') makeSmaller();
    if (verdict === 'tooSlow') fail('tooSlow');
  };

  const changed = await changePictures(camera, change);
  const watch = setInterval(() => {
    // A camera whose cover is shut gives no pictures; a page out of sight may get none.
    if (camera.muted || document.hidden) lastAt = performance.now();
    else if (performance.now() - lastAt > STALLED_MS) fail('stalled');
  }, 1000);
  const end = (): void => {
    isOver = true;
    clearInterval(watch);
    changed.end();
    if (isSmall && camera.readyState === 'live') void camera.applyConstraints(PICTURE).catch(() => undefined);
  };
  try {
    await within(FIRST_PICTURE_MS, first.promise);
  } catch (error) {
    if (!isOver) end();
    throw error instanceof BlurError ? error : new BlurError('unable');
  }
  return { track: changed.track, end, setStrength: (strength) => (wanted = strength) };
}

async function drawBlurred(
  blurrer: GaussianBlurBackgroundProcessor,
  picture: Picture,
  on: Drawing,
): Promise<void> {
  if (!blurred) {
    blurred = new OffscreenCanvas(1, 1);
    blurred.getContext('bitmaprenderer');
  }
  const { width, height } = on.canvas;
  if (blurred.width !== width) blurred.width = width;
  if (blurred.height !== height) blurred.height = height;
  // Its types know the canvases of pages only, and it takes these as well.
  await blurrer.processFrame(picture, blurred as unknown as HTMLCanvasElement);
  const wasPrimed = isPrimed;
  isPrimed = true;
  if (!wasPrimed) throw new Error('nothing was drawn');
  // Towards its edges a blurred picture fades away: what is seen through them is the same, a little larger.
  on.drawImage(
    blurred,
    -width * BEYOND,
    -height * BEYOND,
    width * (1 + 2 * BEYOND),
    height * (1 + 2 * BEYOND),
  );
  on.drawImage(blurred, 0, 0, width, height);
}

/** Later browsers have it as `Promise.withResolvers`. */
function resolvers() {
  let [resolve, reject] = [(): void => undefined, (_why: BlurError): void => undefined];
  const promise = new Promise<void>((...both) => ([resolve, reject] = both));
  return { promise, resolve, reject };
}

async function within<Value>(ms: number, promise: Promise<Value>): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('late')), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
