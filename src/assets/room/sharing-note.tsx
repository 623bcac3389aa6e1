/** Says that one shows one's own screen, which is not shown again here: it would show itself for ever. */
import { Icon } from '../parts/icon';
import { text } from '../texts/text';
import type { RoomSession } from './session';

export function SharingNote({ session }: { readonly session: RoomSession }) {
  if (!session.screen.value) return null;
  return (
    <div class="sharing-note small" role="group" aria-label={text('sharing.now')}>
      <Icon name="screen" size={18} />
      <span>{text('sharing.now')}</span>
      <button type="button" class="sharing-stop" onClick={() => session.stopSharing()}>
        {text('sharing.stop')}
      </button>
    </div>
  );
}
