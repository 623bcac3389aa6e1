/** A field for the number of a meeting, and the way to it. */
import { useKept } from '../keep/kept-words';
import { Button } from '../parts/button';
import { Field } from '../parts/field';
import { useSaid } from '../texts/said';
import { text } from '../texts/text';

/** Digits in the fragment of a page's address; undefined when there is no number of a meeting. */
export const numberInAddress = (): string | undefined => /^#(\d{4,15})$/.exec(location.hash)?.[1];

/** @param isMain where it is the one thing to do */
export function JoinWithNumber({ isMain }: { readonly isMain?: boolean }) {
  const [number, setNumber] = useKept<string>('number', '');
  const [fault, setFault] = useSaid();
  const join = (event: Event): void => {
    event.preventDefault();
    const digits = number.replace(/\D/g, '');
    if (/^\d{4,15}$/.test(digits)) location.assign(`/meeting.html#${digits}`);
    else setFault(() => text('number.fault'));
  };
  return (
    <form class="number-form" onSubmit={join} noValidate>
      <Field
        label={text('number.label')}
        value={number}
        onText={setNumber}
        fault={fault}
        inputMode="numeric"
        autoComplete="off"
        maxLength={24}
      />
      <Button type="submit" kind={isMain ? 'primary' : 'plain'}>
        {text('number.go')}
      </Button>
    </form>
  );
}
