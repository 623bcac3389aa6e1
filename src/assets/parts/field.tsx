/** A text field with its label, hint and fault, tied together for screen readers. */
import { useId } from 'preact/hooks';
import { pressOnce } from './button';
import { Labelled } from './labelled';

export interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly onText: (value: string) => void;
  readonly hint?: string | undefined;
  readonly fault?: string | undefined;
  readonly type?: 'text' | 'password' | 'tel';
  readonly name?: string;
  readonly inputMode?: 'numeric' | 'text' | 'tel';
  readonly autoComplete?: 'name' | 'off';
  readonly maxLength?: number;
  /** Where its value is none of the page's language. */
  readonly dir?: 'ltr';
  readonly readOnly?: boolean;
}

export function Field(props: FieldProps) {
  const {
    label,
    value,
    onText,
    hint,
    fault,
    type = 'text',
    name,
    inputMode,
    autoComplete,
    maxLength,
  } = props;
  return (
    <Labelled label={label} hint={hint} fault={fault}>
      {(ties) => (
        <input
          {...ties}
          // The types tell every kind of input apart; both of these take the same attributes.
          // oxlint-disable-next-line typescript/no-unnecessary-type-assertion
          type={type as 'text'}
          name={name}
          inputMode={inputMode}
          autoComplete={autoComplete}
          maxLength={maxLength}
          readOnly={props.readOnly}
          dir={props.dir}
          value={value}
          onInput={(event) => onText(event.currentTarget.value)}
          onKeyDown={pressOnce}
        />
      )}
    </Labelled>
  );
}

export interface SelectProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly onPick: (value: string) => void;
}

export function Select({ label, value, options, onPick }: SelectProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onPick(event.currentTarget.value)}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}
