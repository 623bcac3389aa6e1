/** One of a few: radio buttons as cards, each with a line that says what it means. */
import { useId } from 'preact/hooks';

export interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string; readonly hint: string }[];
  readonly onPick: (value: Value) => void;
}

export function Choice<Value extends string>({ label, value, options, onPick }: ChoiceProps<Value>) {
  const id = useId();
  return (
    <fieldset class="choice">
      <legend>{label}</legend>
      {options.map((option) => (
        <label key={option.value} class="choice-card">
          <input
            type="radio"
            name={id}
            checked={option.value === value}
            aria-describedby={`${id}-${option.value}`}
            onChange={() => onPick(option.value)}
          />
          <span>{option.label}</span>
          <span id={`${id}-${option.value}`} class="choice-hint small soft">
            {option.hint}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
