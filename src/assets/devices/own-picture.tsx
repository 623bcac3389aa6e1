/** One's own picture as the others get it, or in words why there is none. */
import { Picture } from '../parts/tile';
import { text } from '../texts/text';
import type { OwnMedia } from './own-media';
import { troubleWith } from './trouble';

export function OwnPicture({ media }: { readonly media: OwnMedia }) {
  const { camera } = media;
  if (camera.track.value) return <Picture track={camera.track.value} mirrored label={text('preview.you')} />;
  const words = wordsInsteadOfPicture(media);
  return (
    <div class="preview-words" role="status">
      <p key={words}>{words}</p>
    </div>
  );
}

function wordsInsteadOfPicture({ camera, microphone, isDecided, background }: OwnMedia): string {
  if (camera.isOpening.value || microphone.isOpening.value) return text('preview.asking');
  if (background.isPreparing.value) return text('background.preparing');
  if (background.failure.value) return text('background.hidden');
  if (areBothRefused({ camera, microphone })) return text('both.refused');
  return troubleWith(camera) ?? text(isDecided.value ? 'preview.cameraOff' : 'preview.undecided');
}

/** Then it is said once, for both. */
export const areBothRefused = ({ camera, microphone }: Pick<OwnMedia, 'camera' | 'microphone'>): boolean =>
  camera.failure.value === 'refused' && microphone.failure.value === 'refused';
