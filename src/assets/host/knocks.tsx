/** Somebody asks to be let in while the list is out of sight. */
import { Button } from '../parts/button';
import { Notice } from '../parts/notice';
import { text } from '../texts/text';
import type { Host } from './host';
import { decisionsOn } from './waiting-guest';

export function Knocks({ host, onShow }: { readonly host: Host; readonly onShow: () => void }) {
  const [first, ...more] = host.waiting.value;
  if (!first) return null;
  if (more.length > 0) {
    return (
      <Notice
        key="many"
        actions={
          <Button kind="primary" class="button-small" onClick={onShow}>
            {text('knock.show')}
          </Button>
        }
      >
        {text('knock.waiting', { count: more.length + 1 })}
      </Notice>
    );
  }
  const { busy, admit, deny } = decisionsOn(host, first);
  const name = first.name || text('name.guest');
  return (
    <Notice
      key={first.guest_id}
      actions={
        <>
          <Button kind="primary" class="button-small" busy={busy} onClick={admit}>
            {text('list.admit')}
          </Button>
          <Button class="button-small" busy={busy} onClick={deny}>
            {text('list.deny')}
          </Button>
        </>
      }
    >
      {text('knock.one', { name })}
    </Notice>
  );
}
