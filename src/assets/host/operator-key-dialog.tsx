/** Asks for the operator key, once the server has said that it wants one. */
import { useState } from 'preact/hooks';
import { keyWanted } from '../api/operator-key';
import { Button } from '../parts/button';
import { Dialog } from '../parts/dialog';
import { Field } from '../parts/field';
import { text } from '../texts/text';

export function OperatorKeyDialog() {
  const wanted = keyWanted.value;
  const [key, setKey] = useState('');
  if (!wanted) return null;
  const answer = (event: Event): void => {
    event.preventDefault();
    event.stopPropagation();
    const given = key.trim();
    if (!given) return;
    setKey('');
    wanted.answer(given);
  };
  return (
    <Dialog title={text('key.title')} onClose={() => wanted.answer(undefined)}>
      <form class="stack" onSubmit={answer}>
        <p>{text('key.words')}</p>
        <Field
          label={text('key.label')}
          type="password"
          autoComplete="off"
          value={key}
          onText={setKey}
          fault={wanted.wasWrong ? text('key.wrong') : undefined}
        />
        <div class="row dialog-actions">
          <Button onClick={() => wanted.answer(undefined)}>{text('dialog.cancel')}</Button>
          <Button kind="primary" type="submit">
            {text('key.go')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
