/** Before the first room: the name by which the others know one. */
import { Button } from '../parts/button';
import { Field } from '../parts/field';
import { useSaid } from '../texts/said';
import { text } from '../texts/text';
import { Headline } from '../view/headline';
import type { InRoomProps } from './stay-view';

const MAX_NAME = 80;

export function WhoJoins({ stay, title, onLeave }: InRoomProps) {
  const [fault, setFault] = useSaid();
  const submit = (event: Event): void => {
    event.preventDefault();
    if (stay.name.value.trim() !== '') return stay.go();
    setFault(() => text('stay.nameMissing'));
    document.querySelector<HTMLInputElement>('input[name="name"]')?.focus();
  };
  return (
    <form class="stack single card" noValidate onSubmit={submit}>
      <p class="soft">{title}</p>
      <Headline>{text('stay.who')}</Headline>
      <p>{text('stay.words')}</p>
      <Field
        label={text('name.label')}
        name="name"
        autoComplete="name"
        maxLength={MAX_NAME}
        value={stay.name.value}
        onText={(value) => (stay.name.value = value)}
        fault={fault}
      />
      <Button kind="primary" type="submit" class="button-wide">
        {text('stay.continue')}
      </Button>
      <div>
        <Button kind="quiet" onClick={onLeave}>
          {text('stay.toList')}
        </Button>
      </div>
    </form>
  );
}
