/** "Are you still here?", with one large button. */
import { useEffect } from 'preact/hooks';
import { chime, vibrate } from '../live/chime';
import { Button } from '../parts/button';
import { Dialog } from '../parts/dialog';
import { text } from '../texts/text';
import { announce } from '../view/announce';
import type { Attention } from './attention';

/** Rising, as questions do. */
const NOTES_HZ = [523.3, 659.3];
const LOUDNESS = 0.12;
const VIBRATION = [200, 150, 200];

export function StillHere({ attention }: { readonly attention: Attention }) {
  useEffect(() => {
    chime(NOTES_HZ, LOUDNESS);
    vibrate(VIBRATION);
  }, []);
  // However it is closed, somebody has closed it.
  const answer = (): void => {
    attention.answer();
    announce(text('stillHere.thanks'));
  };
  return (
    <Dialog title={text('stillHere.title')} onClose={answer}>
      <p>{text('stillHere.words')}</p>
      <Button kind="primary" class="button-wide still-here" onClick={answer}>
        {text('stillHere.go')}
      </Button>
    </Dialog>
  );
}
