/** Before one is online: the name and place by which others know one. */
import { useKept } from '../keep/kept-words';
import { Button } from '../parts/button';
import { Field } from '../parts/field';
import { useSaid } from '../texts/said';
import { text } from '../texts/text';
import { Headline } from '../view/headline';
import type { Reception } from './reception';

const MAX_NAME = 80;
const MAX_PLACE = 80;

interface WhoAreYouProps {
  readonly reception: Reception;
  readonly onDone: () => void;
}

export function WhoAreYou({ reception, onDone }: WhoAreYouProps) {
  const known = reception.user.value;
  const [name, setName] = useKept('who.name', known?.name ?? '');
  const [place, setPlace] = useKept('who.place', known?.location ?? '');
  const [fault, setFault] = useSaid();
  const submit = (event: Event): void => {
    event.preventDefault();
    const given = name.trim();
    if (given === '') {
      setFault(() => text('who.missing'));
      document.querySelector<HTMLInputElement>('input[name="name"]')?.focus();
      return;
    }
    if (given !== known?.name || place.trim() !== known.location) reception.introduce(given, place.trim());
    // The next one to be asked is somebody else.
    setName('');
    setPlace('');
    onDone();
  };
  return (
    <form class="stack single card" noValidate onSubmit={submit}>
      <Headline>{text(known ? 'who.changeTitle' : 'who.title')}</Headline>
      <p>{text('who.words')}</p>
      <Field
        label={text('name.label')}
        name="name"
        autoComplete="name"
        maxLength={MAX_NAME}
        value={name}
        onText={setName}
        fault={fault}
      />
      <Field
        label={text('who.place')}
        name="place"
        autoComplete="off"
        maxLength={MAX_PLACE}
        value={place}
        onText={setPlace}
      />
      <Button kind="primary" type="submit" class="button-wide">
        {text(known ? 'who.save' : 'who.go')}
      </Button>
      {known && (
        <div class="who-more">
          <Button kind="quiet" class="button-small" onClick={onDone}>
            {text('dialog.cancel')}
          </Button>
          {!reception.isByToken() && (
            <Button
              kind="quiet"
              class="button-small"
              onClick={() => {
                reception.leave();
                setName('');
                setPlace('');
              }}
            >
              {text('who.somebodyElse')}
            </Button>
          )}
        </div>
      )}
    </form>
  );
}
