/** The choice of admission and the button that makes a meeting. */
import { useEffect, useState } from 'preact/hooks';
import { type Admission, createMeeting } from '../api/host-calls';
import { reasonOf } from '../api/refusal';
import { useKept } from '../keep/kept-words';
import { Button } from '../parts/button';
import { Choice } from '../parts/choice';
import { Notice } from '../parts/notice';
import { useSaid } from '../texts/said';
import { text } from '../texts/text';
import { wordsFor } from '../texts/reasons';
import { announce } from '../view/announce';
import { OperatorKeyDialog } from './operator-key-dialog';

export function StartMeeting({ onCreated }: { readonly onCreated: (meetingId: string) => void }) {
  const [admission, setAdmission] = useKept<Admission>('admission', 'manual');
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useSaid();
  // Whoever comes back by the browser's button finds the page as it was left, on the way to a meeting.
  useEffect(() => {
    const rested = (): void => setBusy(false);
    addEventListener('pageshow', rested);
    return () => removeEventListener('pageshow', rested);
  }, []);
  const start = async (): Promise<void> => {
    setBusy(true);
    setFault(undefined);
    try {
      onCreated(String((await createMeeting(admission)).meeting_id));
    } catch (error) {
      const reason = reasonOf(error);
      setFault(() => wordsFor(reason));
      announce(wordsFor(reason), true);
      setBusy(false);
    }
  };
  return (
    <>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void start();
        }}
      >
        <Choice
          label={text('start.admission')}
          value={admission}
          onPick={setAdmission}
          options={[
            { value: 'manual', label: text('start.manual'), hint: text('start.manualHint') },
            { value: 'auto', label: text('start.auto'), hint: text('start.autoHint') },
          ]}
        />
        {fault && <Notice kind="danger">{fault}</Notice>}
        <Button kind="primary" type="submit" class="button-wide" busy={busy}>
          {text('start.go')}
        </Button>
      </form>
      <OperatorKeyDialog />
    </>
  );
}
