/** Asks for something secret, once the server has said that it wants it. */
import { useState } from 'preact/hooks';
import { text } from '../texts/text';
import { Button } from './button';
import { Dialog } from './dialog';
import { Field } from './field';

export interface SecretDialogProps {
  readonly title: string;
  readonly words: string;
  readonly label: string;
  /** What was given before is not right. */
  readonly fault: string | undefined;
  /** undefined: they gave up. */
  readonly onAnswer: (secret: string | undefined) => void;
}

export function SecretDialog({ title, words, label, fault, onAnswer }: SecretDialogProps) {
  const [secret, setSecret] = useState('');
  const answer = (event: Event): void => {
    event.preventDefault();
    event.stopPropagation();
    const given = secret.trim();
    if (!given) return;
    setSecret('');
    onAnswer(given);
  };
  return (
    <Dialog title={title} onClose={() => onAnswer(undefined)}>
      <form class="stack" onSubmit={answer}>
        <p>{words}</p>
        <Field
          label={label}
          type="password"
          autoComplete="off"
          value={secret}
          onText={setSecret}
          fault={fault}
        />
        <div class="row dialog-actions">
          <Button onClick={() => onAnswer(undefined)}>{text('dialog.cancel')}</Button>
          <Button kind="primary" type="submit">
            {text('key.go')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
