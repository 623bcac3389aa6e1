/** A field for more than a line, with its label, hint and fault, tied together for screen readers. */
import { useId } from 'preact/hooks';

export interface TextAreaProps {
  readonly label: string;
  readonly value: string;
  readonly onText: (value: string) => void;
  readonly hint?: string | undefined;
  readonly fault?: string | undefined;
  readonly maxLength: number;
}

export function TextArea({ label, value, onText, hint, fault, maxLength }: TextAreaProps) {
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
      <textarea
        id={id}
        rows={3}
        maxLength={maxLength}
        dir="auto"
        value={value}
        onInput={(event) => onText(event.currentTarget.value)}
        // Enter sends, as in every other field; a line of its own is not needed here.
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
          event.preventDefault();
          event.currentTarget.form?.requestSubmit();
        }}
        aria-invalid={fault ? 'true' : undefined}
        aria-describedby={about || undefined}
      />
      {fault && (
        <p id={`${id}-fault`} class="field-fault" role="alert">
          {fault}
        </p>
      )}
    </div>
  );
}
