/** The open panel: beside the call where there is room, in a sheet over it on a phone. */
import { Dialog } from '../parts/dialog';
import { useWide } from '../view/wide';
import type { OpenPanel } from './panel';

export function Side({ open }: { readonly open: OpenPanel }) {
  const isWide = useWide();
  const { panel, close } = open;
  if (!panel) return null;
  if (isWide) {
    return (
      <aside class="side" aria-label={panel.label}>
        {panel.content}
      </aside>
    );
  }
  return (
    <Dialog sheet key={panel.id} title={panel.label} onClose={close}>
      {panel.content}
    </Dialog>
  );
}
