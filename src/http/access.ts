/** Who may call a route. */
import { createHmac } from 'node:crypto';
import type { User } from '../app/services';
import { type IdentityProvider, identityProvider } from '../config/identity-provider';
import { type Environment, readSettings } from '../config/settings';
import { FoyerError } from '../domain/errors';
import { sameSecret } from '../domain/secrets';
import type { TokenVerifier } from '../ports/token-verifier';
import type { Incoming } from './incoming';
import { requireGateway } from './require-gateway';

/**
 * `operator`: whoever runs the service. `user`: whoever the identity provider knows; the route itself holds the
 * id that is acted for against the caller, see `requireSubject`. `guest`: anybody; what counts is the ticket.
 * `twilio`: a signed webhook. `livekit`: likewise, its signature checked by the front port. `gateway`: one of our
 * gateways; `gateway-user`: one that passes on what a user sent, with the user's own token. `100ms`: a webhook with the
 * secret that was agreed upon.
 */
export type Access =
  'operator' | 'user' | 'guest' | 'twilio' | 'livekit' | '100ms' | 'gateway' | 'gateway-user';

type VerifierFor = (provider: IdentityProvider) => TokenVerifier;

/**
 * A guard. A route is closed unless something says who may call it, or that anybody may.
 * @param verifierFor is asked only when a token has to be looked at
 * @returns who the caller is, where a token or the lack of an identity provider says so.
 * @throws FoyerError `unauthenticated`, `invalid-token`; `not-allowed` where nothing is configured, or for a user
 *   who is no operator; `misconfigured` for an identity provider configured by half; `try-again`.
 */
export async function requireAccess(
  access: Access,
  incoming: Incoming,
  environment: Environment,
  verifierFor: VerifierFor,
): Promise<User | undefined> {
  // Who may call is read before anything else, on every route: half a provider is no provider.
  const provider = readSettings(environment, identityProvider);
  if (access === 'operator') return requireOperator(incoming, environment, provider, verifierFor);
  if (access === 'gateway' || access === 'gateway-user') requireGateway(incoming, environment);
  if (access === 'user' || access === 'gateway-user')
    return requireUser(incoming, environment, provider, verifierFor);
  if (access === 'twilio') requireTwilioSignature(incoming, environment);
  if (access === '100ms') requireHundredMsSecret(incoming, environment);
  if (access === 'livekit' && incoming.signedBy !== 'livekit') {
    throw new FoyerError('not-allowed', 'this request is not signed by LiveKit.');
  }
  return undefined;
}

async function requireOperator(
  { headers }: Incoming,
  environment: Environment,
  provider: IdentityProvider | undefined,
  verifierFor: VerifierFor,
): Promise<User | undefined> {
  const configured = environment['ADMIN_API_KEY'];
  const key = typeof configured === 'string' && configured !== '' ? configured : undefined;
  const credential = credentialIn(headers);
  if (key !== undefined && credential !== undefined && sameSecret(credential, key)) return undefined;
  if (provider && credential !== undefined && (key === undefined || looksSigned(credential))) {
    const { subject, isOperator } = await verifierFor(provider).verify(credential).catch(forOperators);
    if (isOperator) return { subject };
    throw new FoyerError(
      'not-allowed',
      `this is for operators, and your token does not say that you are one: its claim ${provider.operatorClaim} is not true.`,
    );
  }
  if (key !== undefined || provider) {
    const ways = [
      ...(key === undefined ? [] : ['the ADMIN_API_KEY']),
      ...(provider ? ["an operator's token from the identity provider"] : []),
    ];
    throw new FoyerError(
      'unauthenticated',
      `this is for operators. Send "Authorization: Bearer" with ${ways.join(' or ')}.`,
    );
  }
  if (environment['ALLOW_ANONYMOUS_OPERATORS'] === 'yes') {
    if (!isOtherSite(headers)) return undefined;
    throw new FoyerError(
      'not-allowed',
      'operator routes are closed to pages of other sites. Set ADMIN_API_KEY, and send it as "Authorization: Bearer".',
    );
  }
  throw new FoyerError(
    'not-allowed',
    'operator routes are closed: the service has no ADMIN_API_KEY and no identity provider. Set one, or ALLOW_ANONYMOUS_OPERATORS=yes to open them to everybody.',
  );
}

/** The operators' key opens nothing here: it says nobody's name, and a user route acts in somebody's. */
async function requireUser(
  { headers }: Incoming,
  environment: Environment,
  provider: IdentityProvider | undefined,
  verifierFor: VerifierFor,
): Promise<User> {
  if (provider) {
    const credential = credentialIn(headers);
    if (credential !== undefined) {
      const { subject } = await verifierFor(provider).verify(credential);
      return { subject };
    }
    throw new FoyerError(
      'unauthenticated',
      'this is for users. Send "Authorization: Bearer" with your token from the identity provider.',
    );
  }
  if (environment['ALLOW_ANONYMOUS_USERS'] === 'yes') return 'anonymous';
  throw new FoyerError(
    'not-allowed',
    'user routes are closed: the service has no identity provider. Set AUTH_JWKS_URL, AUTH_ISSUER and AUTH_AUDIENCE, or ALLOW_ANONYMOUS_USERS=yes to open them to everybody.',
  );
}

const THIS_MACHINE = /^https?:\/\/(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/;

/** A browser lets any page on the web ask its own machine, and says so: https://www.w3.org/TR/fetch-metadata/ */
const isOtherSite = (headers: Incoming['headers']): boolean =>
  headers['sec-fetch-site'] === 'cross-site' && !THIS_MACHINE.test(headers['origin'] ?? '');

const credentialIn = (headers: Incoming['headers']): string | undefined =>
  /^bearer +(.+)$/i.exec(headers['authorization'] ?? '')?.[1];

/** A signed token has three parts, RFC 7515 section 7.1; anything else can only be meant as a key. */
const looksSigned = (credential: string): boolean => credential.split('.').length === 3;

/** Pages know by its beginning that a sentence is about operators. */
function forOperators(error: unknown): never {
  if (!(error instanceof FoyerError) || error.code !== 'invalid-token') throw error;
  throw new FoyerError('invalid-token', `this is for operators, and ${error.message}`);
}

/**
 * `X-Twilio-Signature`: base64 HMAC-SHA1, by the auth token, of the URL followed by the sorted parameters of a
 * form. Anything but text among them came as something else than a form.
 * https://www.twilio.com/docs/usage/webhooks/webhooks-security
 */
function requireTwilioSignature(incoming: Incoming, environment: Environment): void {
  const token = environment['AUTH_TOKEN'];
  const given = incoming.headers['x-twilio-signature'];
  const path = environment['PATH'];
  if (typeof path !== 'string') throw new Error('the runtime names the path');
  const url = `${incoming.isSecure ? 'https' : 'http'}://${incoming.host}${path}`;
  const parameters = Object.entries(incoming.parameters).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const isForm = parameters.every(([, value]) => typeof value === 'string');
  if (typeof token === 'string' && token !== '' && given !== undefined && isForm) {
    const signed = url + parameters.flat().join('');
    const expected = createHmac('sha1', token).update(signed).digest('base64');
    if (sameSecret(given, expected)) return;
  }
  throw new FoyerError('not-allowed', 'this request is not signed by Twilio.');
}

/**
 * 100ms signs nothing; it sends a header that was agreed upon.
 * https://www.100ms.live/docs/server-side/v2/how-to-guides/configure-webhooks/secure-webhooks
 */
function requireHundredMsSecret({ headers }: Incoming, environment: Environment): void {
  const secret = environment['HMS_WEBHOOK_SECRET'];
  const given = headers['x-webhook-secret'];
  if (typeof secret === 'string' && secret !== '' && given !== undefined && sameSecret(given, secret)) return;
  throw new FoyerError(
    'not-allowed',
    'this request is not from 100ms: its x-webhook-secret is not the HMS_WEBHOOK_SECRET.',
  );
}
