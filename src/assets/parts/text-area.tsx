/** A field for more than a line, with its label, hint and fault, tied together for screen readers. */
import { Labelled } from './labelled';

export interface TextAreaProps {
  readonly label: string;
  readonly value: string;
  readonly onText: (value: string) => void;
  readonly hint?: string | undefined;
  readonly fault?: string | undefined;
  readonly maxLength: number;
}

export function TextArea({ label, value, onText, hint, fault, maxLength }: TextAreaProps) {
  return (
    <Labelled label={label} hint={hint} fault={fault} alerts>
      {(ties) => (
        <textarea
          {...ties}
          rows={3}
          maxLength={maxLength}
          dir="auto"
          value={value}
          onInput={(event) => onText(event.currentTarget.value)}
          // Enter sends, as in every other field; a line of its own is not needed here.
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
            event.preventDefault();
            if (!event.repeat) event.currentTarget.form?.requestSubmit();
          }}
        />
      )}
    </Labelled>
  );
}
