/** A list of people, each with what can be done about them. */
import type { ComponentChildren } from 'preact';
import { Quality } from './quality';

export function PeopleList({
  label,
  children,
}: {
  readonly label: string;
  readonly children: ComponentChildren;
}) {
  return (
    <ul class="people" aria-label={label}>
      {children}
    </ul>
  );
}

export interface PersonProps {
  readonly name: string;
  readonly note?: string | undefined;
  /** Of the connection, 0 to 5. */
  readonly quality?: number | undefined;
  /** Perhaps not there now. */
  readonly isAway?: boolean;
  readonly children?: ComponentChildren;
}

export function Person({ name, note, quality, isAway, children }: PersonProps) {
  return (
    <li class="person" data-away={isAway ? 'yes' : undefined}>
      <Initial name={name} />
      <div class="person-words">
        <div class="person-name">
          <bdi>{name}</bdi>
          {quality !== undefined && <Quality level={quality} />}
        </div>
        {note && <div class="small soft">{note}</div>}
      </div>
      {children && <div class="person-actions">{children}</div>}
    </li>
  );
}

/** Stands for a face that is not shown. */
export function Initial({ name }: { readonly name: string }) {
  const [first = ''] = name.trim();
  return (
    <span class="initial" aria-hidden="true">
      {first.toLocaleUpperCase() || '·'}
    </span>
  );
}
