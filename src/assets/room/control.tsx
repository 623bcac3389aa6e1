/** One round button of the bar below the tiles, with what it is for written under it. */
import type { Ref } from 'preact';
import { Icon, type IconName } from '../parts/icon';

export interface ControlProps {
  readonly icon: IconName;
  /** Below the icon. */
  readonly label: string;
  /** What a press does, for those who cannot see the icon; contains the label, for those who say it. */
  readonly name?: string;
  readonly look?: 'off' | 'active' | 'leave' | undefined;
  readonly badge?: number | undefined;
  /** The key that does the same. */
  readonly shortcut?: string | undefined;
  /** The menu that it opens. */
  readonly menu?: { readonly id: string; readonly isOpen: boolean };
  /** Whether what it shows and hides is shown. */
  readonly isExpanded?: boolean;
  readonly onClick: () => void;
  readonly ref?: Ref<HTMLButtonElement> | undefined;
}

export function Control(props: ControlProps) {
  const { icon, label, name = label, look, badge, shortcut, menu, isExpanded, onClick, ref = null } = props;
  return (
    <button
      ref={ref}
      type="button"
      class="control"
      data-look={look}
      aria-label={name}
      title={shortcut ? `${name} (${shortcut})` : name}
      aria-keyshortcuts={shortcut}
      aria-haspopup={menu && 'menu'}
      aria-controls={menu?.isOpen ? menu.id : undefined}
      aria-expanded={menu?.isOpen ?? isExpanded}
      onClick={onClick}
    >
      <span class="control-icon" data-badge={badge || undefined}>
        <Icon name={icon} size={24} />
      </span>
      <span class="control-label">{label}</span>
    </button>
  );
}
