/** A camera with a picture full of detail, so that one can measure whether it was blurred. */
import { writeFileSync } from 'node:fs';
import type { Locator } from 'playwright-core';

const WIDTH = 320;
const HEIGHT = 180;
const SQUARE = 4;
const FRAMES = 10;

/**
 * Black and white squares, the finest that a camera's pictures still show sharply, which change places.
 * YUV4MPEG2: https://wiki.multimedia.cx/index.php/YUV4MPEG2
 */
export function writeDetailedPictures(path: string): void {
  const parts: Buffer[] = [Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`)];
  for (let frame = 0; frame < FRAMES; frame += 1) {
    const light = Buffer.alloc(WIDTH * HEIGHT);
    for (let at = 0; at < light.length; at += 1) {
      const [x, y] = [at % WIDTH, Math.floor(at / WIDTH)];
      light[at] = (Math.floor((x + frame * SQUARE) / SQUARE) + Math.floor(y / SQUARE)) % 2 === 0 ? 20 : 235;
    }
    parts.push(Buffer.from('FRAME\n'), light, Buffer.alloc((WIDTH * HEIGHT) / 2, 128));
  }
  writeFileSync(path, Buffer.concat(parts));
}

/** How much neighbouring dots of a picture that is shown differ, of 255: 0 for one colour. */
export const detailOf = (picture: Locator): Promise<number> =>
  picture.evaluate((element) => {
    const video = element as HTMLVideoElement;
    const canvas = document.createElement('canvas');
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    const on = canvas.getContext('2d');
    if (!on || canvas.width === 0) return NaN;
    on.drawImage(video, 0, 0);
    const { data } = on.getImageData(0, 0, canvas.width, canvas.height);
    let sum = 0;
    for (let at = 4; at < data.length; at += 4) sum += Math.abs((data[at] ?? 0) - (data[at - 4] ?? 0));
    return sum / (data.length / 4);
  });
