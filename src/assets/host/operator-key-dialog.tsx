/** Asks for the operator key, once the server has said that it wants one. */
import { keyWanted } from '../api/operator-key';
import { SecretDialog } from '../parts/secret-dialog';
import { text } from '../texts/text';

export function OperatorKeyDialog() {
  const wanted = keyWanted.value;
  return wanted ? (
    <SecretDialog
      title={text('key.title')}
      words={text('key.words')}
      label={text('key.label')}
      fault={wanted.wasWrong ? text('key.wrong') : undefined}
      onAnswer={wanted.answer}
    />
  ) : null;
}
