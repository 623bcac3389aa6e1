/** A short message about what is going on, with what can be done about it. */
import type { ComponentChildren } from 'preact';
import { Icon } from './icon';

export interface NoticeProps {
  readonly kind?: 'info' | 'warning' | 'danger';
  readonly title?: string | undefined;
  readonly children?: ComponentChildren;
  /** Buttons. */
  readonly actions?: ComponentChildren;
}

export function Notice({ kind = 'info', title, children, actions }: NoticeProps) {
  return (
    <div class={`notice notice-${kind}`}>
      <Icon name={kind === 'info' ? 'info' : 'warning'} />
      <div class="notice-words">
        {title && <strong>{title}</strong>}
        {children && <div>{children}</div>}
      </div>
      {actions && <div class="row">{actions}</div>}
    </div>
  );
}
