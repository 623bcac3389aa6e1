/** The last control before leaving: whatever has no button of its own. */
import { useId, useRef, useState } from 'preact/hooks';
import { Menu, type MenuItem } from '../parts/menu';
import { text } from '../texts/text';
import { Control } from './control';

export function MoreMenu({ items }: { readonly items: readonly MenuItem[] }) {
  const [isOpen, setOpen] = useState(false);
  const ref = useRef<HTMLButtonElement>(null);
  const id = useId();
  if (items.length === 0) return null;
  return (
    <div class="control-with-menu">
      <Control
        ref={ref}
        icon="more"
        label={text('controls.more')}
        name={text('controls.moreName')}
        look={isOpen ? 'active' : undefined}
        menu={{ id, isOpen }}
        onClick={() => setOpen(!isOpen)}
      />
      {isOpen && (
        <Menu
          id={id}
          label={text('controls.moreName')}
          items={items}
          onClose={({ goBack }) => {
            setOpen(false);
            if (goBack) ref.current?.focus();
          }}
        />
      )}
    </div>
  );
}
