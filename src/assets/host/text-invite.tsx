/** The invitation by text message: to one phone after another, with words for every refusal. */
import { signal } from '@preact/signals';
import { useState } from 'preact/hooks';
import type { WaitingRoomResponse } from '../../api/meetings';
import { inviteBySms } from '../api/host-calls';
import { reasonOf, Refusal } from '../api/refusal';
import { useKept } from '../keep/kept-words';
import { Button } from '../parts/button';
import { Field } from '../parts/field';
import { useSaid } from '../texts/said';
import { wordsFor } from '../texts/reasons';
import { text, type TextKey } from '../texts/text';
import { announce } from '../view/announce';
import { onlyOnThisMachine } from '../view/this-machine';

/** E.164: https://www.itu.int/rec/T-REC-E.164/ */
const NUMBER = /^\+[1-9]\d{6,14}$/;

type Sending = Pick<WaitingRoomResponse, 'text_messages' | 'text_messages_shown_at'>;

/** As the server said when the waiting room was opened; nothing is offered before. */
export const textSending = signal<Sending>({ text_messages: false });

export function TextInvite({ meetingId }: { readonly meetingId: string }) {
  const [phone, setPhone] = useKept<string>(`${meetingId}.phone`, '');
  const [fault, setFault] = useSaid();
  const [isBusy, setBusy] = useState(false);
  const [sentTo, setSentTo] = useState<string>();
  if (!textSending.value.text_messages) return null;
  const refuse = (words: () => string): void => {
    setFault(words);
    announce(words(), true);
  };
  const send = async (): Promise<void> => {
    setSentTo(undefined);
    setFault(undefined);
    const number = numberIn(phone);
    if (!NUMBER.test(number)) return refuse(() => text('sms.fault'));
    setBusy(true);
    try {
      await inviteBySms(meetingId, number);
      setSentTo(number);
      setPhone('');
      announce(text('sms.sent', { phone: number }));
    } catch (error) {
      refuse(() => wordsOf(error));
    }
    setBusy(false);
  };
  return (
    <form
      class="stack invite-text"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <div class="invite-link">
        <Field
          label={text('sms.label')}
          hint={text('sms.hint')}
          type="tel"
          inputMode="tel"
          dir="ltr"
          autoComplete="off"
          maxLength={30}
          value={phone}
          onText={setPhone}
          fault={fault}
        />
        <Button type="submit" busy={isBusy}>
          {text('sms.go')}
        </Button>
      </div>
      {sentTo !== undefined && <Sent phone={sentTo} />}
    </form>
  );
}

function Sent({ phone }: { readonly phone: string }) {
  const shownAt = onlyOnThisMachine(textSending.value.text_messages_shown_at);
  return (
    <p class="small">
      {text('sms.sent', { phone: `\u2066${phone}\u2069` })}{' '}
      {shownAt !== undefined && (
        <a href={shownAt} target="_blank" rel="noreferrer">
          {text('sms.local')}
        </a>
      )}
    </p>
  );
}

/** What people write between digits goes; two zeros in front are a plus in most of the world. */
const numberIn = (written: string): string =>
  written.replace(/[\s().\u2010-\u2015/-]/g, '').replace(/^00/, '+');

/** The server's sentences, by what is theirs alone. */
const SENTENCES: readonly (readonly [RegExp, TextKey])[] = [
  [/takes text messages/, 'sms.noMobile'],
  [/has unsubscribed/, 'sms.unsubscribed'],
  [/trial account/, 'sms.trial'],
  [/country or carrier/, 'sms.country'],
  [/were sent to this phone/, 'sms.tooManyPhone'],
  [/invitations were sent/, 'sms.tooMany'],
  [/may or may not have been sent/, 'sms.unknown'],
  [/not set up/, 'sms.noSender'],
];

function wordsOf(error: unknown): string {
  if (!(error instanceof Refusal)) return wordsFor(reasonOf(error));
  const known = SENTENCES.find(([words]) => words.test(error.message));
  if (!known) return wordsFor(error.reason);
  return text(known[1], { minutes: Math.ceil((error.retryAfter ?? 60) / 60) });
}
