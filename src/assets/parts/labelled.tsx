/** What stands around every field that is written in: its label, hint and fault, tied together for screen readers. */
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

export interface LabelledProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly fault?: string | undefined;
  /** Whether a fault is read out as it appears. */
  readonly alerts?: boolean;
  readonly children: (ties: Ties) => ComponentChildren;
}

/** For the field itself. */
export interface Ties {
  readonly id: string;
  readonly 'aria-invalid': 'true' | undefined;
  readonly 'aria-describedby': string | undefined;
}

export function Labelled({ label, hint, fault, alerts, children }: LabelledProps) {
  const id = useId();
  const about = [hint && `${id}-hint`, fault && `${id}-fault`].filter(Boolean).join(' ');
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint && (
        <p id={`${id}-hint`} class="small soft">
          {hint}
        </p>
      )}
      {children({
        id,
        'aria-invalid': fault ? 'true' : undefined,
        'aria-describedby': about || undefined,
      })}
      {fault && (
        <p id={`${id}-fault`} class="field-fault" role={alerts ? 'alert' : undefined}>
          {fault}
        </p>
      )}
    </div>
  );
}
