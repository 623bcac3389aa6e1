/** A form for another room. */
import { useState } from 'preact/hooks';
import { reasonOf } from '../api/refusal';
import { useKept } from '../keep/kept-words';
import { Button } from '../parts/button';
import { Field } from '../parts/field';
import { useSaid } from '../texts/said';
import { text } from '../texts/text';
import { announce } from '../view/announce';
import type { Hall } from './hall';
import { roomTrouble } from './words';

/** In code points, as the server counts them; a field counts UTF-16 units, so at worst it takes half of that. */
const MAX_NAME = 200;

export function CreateRoom({ hall }: { readonly hall: Hall }) {
  const [name, setName] = useKept<string>('room-name', '');
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useSaid();
  const [done, setDone] = useSaid();
  const tell = (words: () => string): void => {
    setDone(words);
    announce(words());
  };
  const create = async (): Promise<void> => {
    if (name.trim() === '') {
      setFault(() => text('rooms.nameMissing'));
      document.querySelector<HTMLInputElement>('input[name="room"]')?.focus();
      return;
    }
    setBusy(true);
    setFault(undefined);
    try {
      const { wasKnown } = await hall.listing.create(name.trim());
      tell(() => text(wasKnown ? 'rooms.known' : 'rooms.created'));
      setName('');
    } catch (error) {
      const reason = reasonOf(error);
      setDone(undefined);
      setFault(() => roomTrouble(reason));
      announce(roomTrouble(reason), true);
    } finally {
      setBusy(false);
    }
  };
  return (
    <section class="card stack rooms-create" aria-labelledby="create-heading">
      <h2 id="create-heading">{text('rooms.create')}</h2>
      <form
        class="stack"
        aria-labelledby="create-heading"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void create();
        }}
      >
        <Field
          label={text('rooms.name')}
          name="room"
          autoComplete="off"
          maxLength={MAX_NAME}
          value={name}
          onText={setName}
        />
        <Button kind="primary" type="submit" class="button-wide" busy={busy}>
          {text('rooms.createGo')}
        </Button>
        {/* Of a height of its own: what is said here moves nothing. */}
        <p class={fault ? 'small field-fault rooms-create-words' : 'small soft rooms-create-words'}>
          {fault ?? (done || text('rooms.createWords'))}
        </p>
      </form>
    </section>
  );
}
