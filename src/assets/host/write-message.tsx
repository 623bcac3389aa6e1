/** A message to one who waits, or to all: a few ready ones, or the host's own words. */
import { useState } from 'preact/hooks';
import type { GuestEntry } from '../../api/meetings';
import type { Reason } from '../api/refusal';
import { useKept } from '../keep/kept-words';
import { Button } from '../parts/button';
import { Dialog } from '../parts/dialog';
import { Notice } from '../parts/notice';
import { TextArea } from '../parts/text-area';
import { useSaid } from '../texts/said';
import { text, type TextKey, timeOfDay } from '../texts/text';
import { wordsFor } from '../texts/reasons';
import { announce } from '../view/announce';
import type { Host } from './host';

const MAX_MESSAGE = 500;
const QUICK: readonly TextKey[] = ['write.quickNext', 'write.quickReady', 'write.quickLate'];

interface WriteMessageProps {
  readonly host: Host;
  /** undefined: all who wait */
  readonly guest: GuestEntry | undefined;
  readonly onClose: () => void;
}

export function WriteMessage({ host, guest, onClose }: WriteMessageProps) {
  const name = guest?.name || text('name.guest');
  const [words, setWords] = useKept<string>(`${host.meetingId}.message.${guest?.guest_id ?? 'all'}`, '');
  const [fault, setFault] = useSaid();
  const [isSending, setSending] = useState(false);
  const [sent, setSent] = useSaid();
  const send = async (): Promise<void> => {
    // Enter sends without the button, which would take no second press.
    if (isSending) return;
    const said = words.replace(/\s+/g, ' ').trim();
    if (said === '') return setFault(() => text('write.missing'));
    setSending(true);
    setFault(undefined);
    setSent(undefined);
    const reason = await host.say(guest?.guest_id, said);
    setSending(false);
    if (reason) return setFault(() => whyNot(reason, guest !== undefined));
    const time = timeOfDay(new Date());
    const done = (): string => (guest ? text('write.sent', { name, time }) : text('write.sentAll', { time }));
    setSent(done);
    setWords('');
    announce(done());
  };
  return (
    <Dialog title={guest ? text('write.title', { name }) : text('write.titleAll')} onClose={onClose}>
      <form
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <div class="quick" role="group" aria-label={text('write.quick')}>
          {QUICK.map((key) => (
            <Button key={key} class="button-small" onClick={() => setWords(text(key))}>
              {text(key)}
            </Button>
          ))}
        </div>
        <TextArea
          label={text('write.label')}
          hint={text(guest ? 'write.words' : 'write.wordsAll')}
          value={words}
          onText={setWords}
          fault={fault}
          maxLength={MAX_MESSAGE}
        />
        <div class="write-end">
          {sent && <Notice>{sent}</Notice>}
          <Button kind="primary" type="submit" icon="send" busy={isSending}>
            {text('write.go')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function whyNot(reason: Reason, isToOne: boolean): string {
  // Of one guest the server does not find either the meeting or the guest; the meeting was there a moment ago.
  if (isToOne && reason === 'noSuchMeeting') return text('write.gone');
  return reason === 'tooManyTries' ? text('write.tooMany') : wordsFor(reason);
}
