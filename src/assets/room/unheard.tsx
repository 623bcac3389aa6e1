/** Tells whoever talks with the microphone off that nobody hears it. */
import { useEffect } from 'preact/hooks';
import type { OwnDevice } from '../devices/own-device';
import { useTalkingUnheard } from '../devices/talking-unheard';
import { Icon } from '../parts/icon';
import { text } from '../texts/text';
import { announce } from '../view/announce';

export function Unheard({ microphone }: { readonly microphone: OwnDevice }) {
  const isTalking = useTalkingUnheard(microphone);
  useEffect(() => {
    if (isTalking) announce(text('unheard'));
  }, [isTalking]);
  if (!isTalking) return null;
  return (
    <div class="stage-word small" aria-hidden="true">
      <Icon name="microphoneOff" size={18} />
      {text('unheard')}
    </div>
  );
}
