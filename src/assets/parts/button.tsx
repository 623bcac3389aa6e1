/** Buttons: one look per weight; an icon button has its name for those who cannot see the icon. */
import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon';

export interface ButtonProps {
  readonly kind?: 'primary' | 'plain' | 'quiet' | 'danger';
  readonly icon?: IconName | undefined;
  readonly type?: 'button' | 'submit';
  readonly class?: string;
  readonly onClick?: () => void;
  readonly 'aria-label'?: string;
  readonly 'aria-pressed'?: boolean;
  /** Something is under way: the button stays where it is and takes no second press. */
  readonly busy?: boolean | undefined;
  readonly children: ComponentChildren;
}

export function Button(props: ButtonProps) {
  const { kind = 'plain', icon, busy, type = 'button', class: more = '', onClick, children, ...rest } = props;
  return (
    <button
      {...rest}
      type={type}
      class={`button button-${kind} ${more}`}
      aria-disabled={busy ? 'true' : undefined}
      aria-busy={busy ? 'true' : undefined}
      onClick={busy ? stop : onClick}
    >
      {icon && <Icon name={icon} />}
      <span>{children}</span>
    </button>
  );
}

/** Also keeps a busy submit button from submitting. */
const stop = (event: Event): void => event.preventDefault();
