/** Who may call a route. */
import { createHmac } from 'node:crypto';
import type { Environment } from '../config';
import { FoyerError } from '../domain/errors';
import { sameSecret } from '../domain/secrets';
import type { Incoming } from './incoming';

/** `operator`: whoever runs the service. `guest`: anybody; what counts is the ticket. `twilio`: a signed webhook. */
export type Access = 'operator' | 'guest' | 'twilio';

/** A guard: @throws FoyerError `unauthenticated`, or `not-allowed` where nothing is configured. */
export function requireAccess(access: Access, incoming: Incoming, environment: Environment): void {
  if (access === 'operator') requireOperator(incoming, environment);
  if (access === 'twilio') requireTwilioSignature(incoming, environment);
}

function requireOperator({ headers }: Incoming, environment: Environment): void {
  const key = environment['ADMIN_API_KEY'];
  if (typeof key === 'string' && key !== '') {
    const credential = /^bearer +(.+)$/i.exec(headers['authorization'] ?? '')?.[1];
    if (credential !== undefined && sameSecret(credential, key)) return;
    throw new FoyerError(
      'unauthenticated',
      'this is for operators. Send "Authorization: Bearer" with the ADMIN_API_KEY.',
    );
  }
  if (environment['ALLOW_ANONYMOUS_OPERATORS'] === 'yes') return;
  throw new FoyerError(
    'not-allowed',
    'operator routes are closed: the service has no ADMIN_API_KEY. Set one, or ALLOW_ANONYMOUS_OPERATORS=yes to open them to everybody.',
  );
}

/**
 * `X-Twilio-Signature`: base64 HMAC-SHA1, by the auth token, of the URL followed by the sorted parameters.
 * https://www.twilio.com/docs/usage/webhooks/webhooks-security
 */
function requireTwilioSignature(incoming: Incoming, environment: Environment): void {
  const token = environment['AUTH_TOKEN'];
  const given = incoming.headers['x-twilio-signature'];
  const path = environment['PATH'];
  if (typeof path !== 'string') throw new Error('the runtime names the path');
  const url = `${incoming.isSecure ? 'https' : 'http'}://${incoming.host}${path}`;
  const signed = Object.keys(incoming.parameters)
    .toSorted()
    .reduce((text, name) => text + name + String(incoming.parameters[name]), url);
  if (typeof token === 'string' && token !== '' && given !== undefined) {
    const expected = createHmac('sha1', token).update(signed).digest('base64');
    if (sameSecret(given, expected)) return;
  }
  throw new FoyerError('not-allowed', 'this request is not signed by Twilio.');
}
