/** Asks for the identity provider's token, once the server has said that it wants one. */
import { tokenWanted } from '../api/user-token';
import { SecretDialog } from '../parts/secret-dialog';
import { text } from '../texts/text';

export function TokenDialog() {
  const wanted = tokenWanted.value;
  return wanted ? (
    <SecretDialog
      title={text('token.title')}
      words={text('token.words')}
      label={text('token.label')}
      fault={wanted.wasWrong ? text('token.wrong') : undefined}
      onAnswer={wanted.answer}
    />
  ) : null;
}
