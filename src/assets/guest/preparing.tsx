/** Before asking: one's name, and how one looks and sounds. */
import { useState } from 'preact/hooks';
import { Preview } from '../devices/preview';
import type { OwnMedia } from '../devices/own-media';
import { Button } from '../parts/button';
import { Field } from '../parts/field';
import { Notice } from '../parts/notice';
import { spacedNumber, text } from '../texts/text';
import { Headline } from '../view/headline';
import type { Guest } from './guest';
import { troubleWords } from './trouble';

const MAX_NAME = 80;

export function Preparing({ guest, media }: { readonly guest: Guest; readonly media: OwnMedia }) {
  const { stage, trouble } = guest.state.value;
  const [fault, setFault] = useState<string>();
  const ask = async (): Promise<void> => {
    if (guest.name.value.trim() === '') {
      setFault(text('name.missing'));
      document.querySelector<HTMLInputElement>('input[name="name"]')?.focus();
      return;
    }
    setFault(undefined);
    // Whoever has not decided is asked by the browser now; either answer will do.
    if (!media.isDecided.value) await media.openBoth();
    guest.ask();
  };
  return (
    <div class="pair pair-centred">
      <Preview media={media} />
      <form
        class="stack prepare"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void ask();
        }}
      >
        <p class="soft">{text('meeting.number', { number: spacedNumber(guest.meetingId) })}</p>
        <Headline>{text('prepare.title')}</Headline>
        <p>{text('prepare.words')}</p>
        <Field
          label={text('name.label')}
          name="name"
          autoComplete="name"
          maxLength={MAX_NAME}
          value={guest.name.value}
          onText={(value) => (guest.name.value = value)}
          fault={fault}
        />
        {trouble && <Notice kind="danger">{troubleWords(trouble)}</Notice>}
        <Button kind="primary" type="submit" class="button-wide" busy={stage === 'asking'}>
          {text('prepare.go')}
        </Button>
        <p class="small soft">{text('prepare.devices')}</p>
      </form>
    </div>
  );
}
