/** Files of vendors' packages that a page loads by their addresses: a worker's code, a worklet's, WebAssembly, a model. */
import { copyFileSync, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';

/**
 * By the folder they are served from, which `src/assets/devices` knows, the files of the package that it needs. Licences
 * that want to be where the code is go along; what the packages hold of others is in `effects/NOTICE.txt`.
 */
const FILES: Readonly<Record<string, readonly string[]>> = {
  'effects/blur': [
    '@twilio/video-processors/dist/build/selfie_segmentation_landscape.tflite',
    '@twilio/video-processors/dist/build/tflite-simd-1-0-0.js',
    '@twilio/video-processors/dist/build/tflite-simd-1-0-0.wasm',
    '@twilio/video-processors/dist/build/twilio-gaussian-blur-background-processor-pipeline-worker.js',
    '@twilio/video-processors/LICENSE.md',
  ],
  'effects/noise': [
    '@sapphi-red/web-noise-suppressor/dist/rnnoise/workletProcessor.js',
    '@sapphi-red/web-noise-suppressor/dist/rnnoise_simd.wasm',
    '@sapphi-red/web-noise-suppressor/LICENSE',
  ],
};

/** @param target the folder that becomes the root of the addresses */
export function copyVendorFiles(root: string, target: string): void {
  for (const [folder, files] of Object.entries(FILES)) {
    mkdirSync(join(target, folder), { recursive: true });
    for (const file of files) {
      copyFileSync(join(root, 'node_modules', file), join(target, folder, basename(file)));
    }
  }
}
