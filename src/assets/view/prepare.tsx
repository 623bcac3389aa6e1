/** Before joining: one's name, and how one looks and sounds. */
import type { Signal } from '@preact/signals';
import type { OwnMedia } from '../devices/own-media';
import { Preview } from '../devices/preview';
import { Button } from '../parts/button';
import { Field } from '../parts/field';
import { useSaid } from '../texts/said';
import { text } from '../texts/text';
import { Headline } from './headline';
import { TroubleNotice } from './trouble-notice';

const MAX_NAME = 80;

export interface PrepareProps {
  readonly media: OwnMedia;
  readonly name: Signal<string>;
  /** Where one is, above the title. */
  readonly where: string;
  readonly words: string;
  /** On the button. */
  readonly go: string;
  readonly onGo: () => void;
  readonly busy: boolean;
  /** What went wrong, in words. */
  readonly trouble?: string | undefined;
  /** Of the meeting, if it has a number: its connection can be tested. */
  readonly meetingId?: string | undefined;
}

export function Prepare({ media, name, where, words, go, onGo, busy, trouble, meetingId }: PrepareProps) {
  const [fault, setFault] = useSaid();
  const submit = async (): Promise<void> => {
    if (name.value.trim() === '') {
      setFault(() => text('name.missing'));
      document.querySelector<HTMLInputElement>('input[name="name"]')?.focus();
      return;
    }
    setFault(undefined);
    // Whoever has not decided is asked by the browser now; either answer will do.
    if (!media.isDecided.value) await media.openBoth();
    onGo();
  };
  return (
    <div class="pair pair-centred">
      <Preview media={media} meetingId={meetingId} />
      <form
        class="stack prepare"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <p class="soft">{where}</p>
        <Headline>{text('prepare.title')}</Headline>
        <p>{words}</p>
        <Field
          label={text('name.label')}
          name="name"
          autoComplete="name"
          maxLength={MAX_NAME}
          value={name.value}
          onText={(value) => (name.value = value)}
          fault={fault}
        />
        <Button kind="primary" type="submit" class="button-wide" busy={busy}>
          {go}
        </Button>
        <TroubleNotice words={trouble} />
        <p class="small soft">{text('prepare.devices')}</p>
      </form>
    </div>
  );
}
