/** Why nobody sees the camera's picture, and what the person wants now. */
import { Button } from '../../parts/button';
import { Notice } from '../../parts/notice';
import { text, type TextKey } from '../../texts/text';
import type { OwnMedia } from '../own-media';
import type { BlurFailure } from './blurring';
import { chooseBackground } from './choice';

const WORDS: Readonly<Record<BlurFailure, TextKey>> = {
  unable: 'background.unable',
  tooSlow: 'background.tooSlow',
  stalled: 'background.stalled',
  notLoaded: 'background.notLoaded',
};

export function BackgroundNotice({ media }: { readonly media: OwnMedia }) {
  const why = media.background.failure.value;
  return (
    <div role="alert">
      {why && (
        <Notice
          kind="warning"
          title={text('background.failed')}
          actions={
            <>
              <Button class="button-small" onClick={() => chooseBackground('off')}>
                {text('background.show')}
              </Button>
              <Button class="button-small" onClick={() => media.camera.turnOff()}>
                {text('background.keepOff')}
              </Button>
            </>
          }
        >
          {text(WORDS[why])}
        </Notice>
      )}
    </div>
  );
}
