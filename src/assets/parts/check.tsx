/** A box to check, with its label and hint. */
import { useId } from 'preact/hooks';

export interface CheckProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly isOn: boolean;
  readonly isDisabled?: boolean;
  readonly onChange: (isOn: boolean) => void;
}

export function Check({ label, hint, isOn, isDisabled = false, onChange }: CheckProps) {
  const id = useId();
  return (
    <div class="check">
      <label class="small">
        <input
          type="checkbox"
          checked={isOn}
          disabled={isDisabled}
          aria-describedby={hint ? id : undefined}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
        <span>{label}</span>
      </label>
      {hint && (
        <p id={id} class="small soft">
          {hint}
        </p>
      )}
    </div>
  );
}
