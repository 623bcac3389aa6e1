/** A menu of actions over a button: arrow keys lead through it, Escape and a press elsewhere close it. */
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { Icon, type IconName } from './icon';

export interface MenuItem {
  readonly id: string;
  readonly icon: IconName;
  readonly label: string;
  /** The key that does the same. */
  readonly shortcut?: string | undefined;
  /** For what can be on or off. */
  readonly isOn?: boolean;
  readonly onPress: () => void;
}

export interface MenuProps {
  readonly id: string;
  readonly label: string;
  readonly items: readonly MenuItem[];
  /** Its button gets the focus back, unless the person has gone elsewhere. */
  readonly onClose: (how: { readonly goBack: boolean }) => void;
}

export function Menu({ id, label, items, onClose }: MenuProps) {
  const ref = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => itemsIn(ref.current)[0]?.focus(), []);
  usePressElsewhere(ref, () => onClose({ goBack: false }));
  return (
    <div
      ref={ref}
      id={id}
      class="menu"
      role="menu"
      aria-label={label}
      onKeyDown={(event) => {
        const goes = GOES[event.key];
        if (goes) {
          const all = itemsIn(ref.current);
          const now = all.indexOf(document.activeElement as HTMLElement);
          all[(goes(now, all.length) + all.length) % all.length]?.focus();
        } else if (event.key === 'Escape') onClose({ goBack: true });
        else if (event.key === 'Tab') return onClose({ goBack: true });
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      {items.map(({ id: key, icon, label: words, shortcut, isOn, onPress }) => (
        <button
          key={key}
          type="button"
          class="menu-item"
          role={isOn === undefined ? 'menuitem' : 'menuitemcheckbox'}
          aria-checked={isOn}
          aria-keyshortcuts={shortcut}
          tabIndex={-1}
          onClick={() => {
            onClose({ goBack: true });
            onPress();
          }}
        >
          <Icon name={icon} />
          <span class="menu-words">{words}</span>
          {isOn && <Icon name="check" size={18} />}
          {shortcut && <kbd aria-hidden="true">{shortcut}</kbd>}
        </button>
      ))}
    </div>
  );
}

const GOES: Readonly<Record<string, (now: number, count: number) => number>> = {
  ArrowDown: (now) => now + 1,
  ArrowUp: (now) => now - 1,
  Home: () => 0,
  End: (_, count) => count - 1,
};

const itemsIn = (menu: HTMLElement | null): HTMLElement[] =>
  [...(menu?.children ?? [])].filter((child) => child instanceof HTMLElement);

function usePressElsewhere(ref: { readonly current: HTMLElement | null }, then: () => void): void {
  const last = useRef(then);
  last.current = then;
  useEffect(() => {
    const pressed = ({ target }: Event): void => {
      // The button that opened it, beside it, closes it by itself.
      if (!ref.current?.parentElement?.contains(target as Node)) last.current();
    };
    document.addEventListener('pointerdown', pressed);
    return () => document.removeEventListener('pointerdown', pressed);
  }, []);
}
