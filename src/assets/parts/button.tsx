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
  const press = (event: MouseEvent): void => {
    // Also keeps a submit button from submitting.
    if (busy || isSecondOfTwo(event)) return event.preventDefault();
    takenAt = event.timeStamp;
    onClick?.();
  };
  return (
    <button
      {...rest}
      type={type}
      class={`button button-${kind} ${more}`}
      aria-disabled={busy ? 'true' : undefined}
      aria-busy={busy ? 'true' : undefined}
      onClick={press}
      onKeyDown={pressOnce}
    >
      {icon && <Icon name={icon} />}
      <span>{children}</span>
    </button>
  );
}

/** As long as browsers themselves take for a double click, or longer. */
const DOUBLE_CLICK_MS = 500;
/** When one of all buttons was last pressed, as events count. */
let takenAt = -Infinity;

/** Where the first click has taken something away, the second would press what took its place. */
const isSecondOfTwo = ({ detail, timeStamp }: MouseEvent): boolean =>
  detail > 1 && timeStamp - takenAt < DOUBLE_CLICK_MS;

/** The same for Enter, which presses again, or submits its field's form again, for as long as it is held. */
export function pressOnce(event: KeyboardEvent): void {
  if (event.repeat && event.key === 'Enter') event.preventDefault();
}
