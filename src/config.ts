/** The environment, read once and typed. Every fault is reported at once, by the name of its variable. */
import { FoyerError } from './domain/errors';
import { DEFAULT_DIGITS, MAX_DIGITS, MIN_DIGITS } from './domain/meeting-id';

export type Environment = Readonly<Record<string, unknown>>;

export interface Config {
  readonly twilio: {
    readonly accountSid: string;
    readonly authToken: string;
    readonly apiKey: string;
    readonly apiSecret: string;
    readonly syncServiceSid: string;
    readonly syncApiUrl: string;
    readonly videoApiUrl: string;
    readonly syncIsEmulated: boolean;
    readonly videoIsEmulated: boolean;
    readonly reachabilityWebhooks: boolean;
  };
  /** undefined where none of its variables is set. */
  readonly livekit?: LiveKitConfig;
  readonly meetingsProvider: 'twilio' | 'livekit';
  /** What links of meetings begin with, without a slash at the end; undefined: the origin that the caller came by. */
  readonly frontendUrl?: string;
  readonly meetingIdDigits: number;
  /** What tickets are signed with and names are derived from. */
  readonly rootSecret: string;
}

export interface LiveKitConfig {
  readonly apiKey: string;
  readonly apiSecret: string;
  /** `https://…`, without a slash at the end. */
  readonly apiUrl: string;
  /** Where browsers connect to; undefined where they do so by the address that they came to us by. */
  readonly socketUrl?: string;
}

/** Whoever vouches for users and operators by signed tokens. */
export interface IdentityProvider {
  /** Where it publishes the keys that it signs with, RFC 7517 section 5. */
  readonly jwksUrl: string;
  readonly issuer: string;
  /** What its tokens call this service. */
  readonly audience: string;
  /** The claim that is `true` in operators' tokens. */
  readonly operatorClaim: string;
}

const DEFAULT_OPERATOR_CLAIM = 'operator';
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

const SYNC_API_URL = 'https://sync.twilio.com';
const VIDEO_API_URL = 'https://video.twilio.com';
const MIN_SECRET_LENGTH = 16;

const textOf = (environment: Environment, name: string): string => {
  const value = environment[name];
  return typeof value === 'string' ? value.trim() : '';
};

const notSetUp = (faults: readonly string[]): FoyerError =>
  new FoyerError('misconfigured', `the service is not set up: ${faults.join('; ')}.`);

/**
 * The one part of the configuration that says who may call, and so is read before anything else.
 * @returns undefined where no identity provider is configured.
 * @throws FoyerError `misconfigured` that names every variable at fault, where one is configured by half.
 */
export function readIdentityProvider(environment: Environment): IdentityProvider | undefined {
  const faults: string[] = [];
  const provider = identityProviderOf(environment, faults);
  if (faults.length > 0) throw notSetUp(faults);
  return provider;
}

function identityProviderOf(environment: Environment, faults: string[]): IdentityProvider | undefined {
  const needed = ['AUTH_JWKS_URL', 'AUTH_ISSUER', 'AUTH_AUDIENCE'] as const;
  const [jwksUrl = '', issuer = '', audience = ''] = needed.map((name) => textOf(environment, name));
  const missing = needed.filter((name) => textOf(environment, name) === '');
  if (missing.length === needed.length) return undefined;
  faults.push(...missing.map((name) => `${name} is missing`));
  const url = URL.canParse(jwksUrl) ? new URL(jwksUrl) : undefined;
  // Whoever can answer in the provider's place can make anybody an operator.
  const isTrusted = url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.test(url.hostname));
  if (jwksUrl !== '' && !isTrusted)
    faults.push('AUTH_JWKS_URL must be an https URL (http on this machine only)');
  const operatorClaim = textOf(environment, 'AUTH_OPERATOR_CLAIM') || DEFAULT_OPERATOR_CLAIM;
  return { jwksUrl, issuer, audience, operatorClaim };
}

/**
 * Of LIVEKIT_URL (for us) and LIVEKIT_SOCKET_URL (for browsers) either stands for the other, and http for ws.
 * LIVEKIT_API_URL is a local server's, which browsers reach through the front port.
 */
function livekitOf(environment: Environment, faults: string[]): LiveKitConfig | undefined {
  const [apiKey = '', apiSecret = '', local = '', server = '', socket = ''] = [
    'LIVEKIT_API_KEY',
    'LIVEKIT_API_SECRET',
    'LIVEKIT_API_URL',
    'LIVEKIT_URL',
    'LIVEKIT_SOCKET_URL',
  ].map((name) => textOf(environment, name));
  if (!(apiKey || apiSecret || local || server || socket)) return undefined;
  if (apiKey === '') faults.push('LIVEKIT_API_KEY is missing');
  if (apiSecret === '') faults.push('LIVEKIT_API_SECRET is missing');
  if (!(local || server || socket)) faults.push('LIVEKIT_URL is missing');
  for (const [name, value] of Object.entries({ LIVEKIT_URL: server, LIVEKIT_SOCKET_URL: socket })) {
    if (value !== '' && !(/^(http|ws)s?:\/\//.test(value) && URL.canParse(value)))
      faults.push(`${name} must be a wss, ws, https or http URL`);
  }
  const bare = (url: string): string => url.replace(/\/+$/, '');
  const apiUrl = bare(local || (server || socket).replace(/^ws/, 'http'));
  return {
    apiKey,
    apiSecret,
    apiUrl,
    ...(local ? {} : { socketUrl: bare((socket || server).replace(/^http/, 'ws')) }),
  };
}

/** @throws FoyerError `misconfigured` that names every variable at fault; never a value. */
export function readConfig(environment: Environment): Config {
  const faults: string[] = [];
  const text = (name: string): string => textOf(environment, name);
  const required = (name: string, pattern?: RegExp, shape?: string): string => {
    const value = text(name);
    if (value === '') faults.push(`${name} is missing`);
    else if (pattern && !pattern.test(value)) faults.push(`${name} must be ${shape}`);
    return value;
  };
  const origin = (name: string, fallback: string): string => {
    const value = text(name) || fallback;
    if (!/^https?:\/\//.test(value) || !URL.canParse(value))
      faults.push(`${name} must be an http or https URL`);
    return value;
  };
  const oneOf = <T extends string>(name: string, values: readonly T[], fallback: T): T => {
    const value = text(name) || fallback;
    if (!(values as readonly string[]).includes(value)) faults.push(`${name} must be ${values.join(' or ')}`);
    return value as T;
  };

  const livekit = livekitOf(environment, faults);
  const apiSecret = required('TWILIO_API_SECRET');
  const digits = Number(text('MEETING_ID_DIGITS') || DEFAULT_DIGITS);
  if (!Number.isInteger(digits) || digits < MIN_DIGITS || digits > MAX_DIGITS) {
    faults.push(`MEETING_ID_DIGITS must be a whole number from ${MIN_DIGITS} to ${MAX_DIGITS}`);
  }
  const ownSecret = text('TICKET_SECRET');
  if (ownSecret !== '' && ownSecret.length < MIN_SECRET_LENGTH) {
    faults.push(`TICKET_SECRET must have at least ${MIN_SECRET_LENGTH} characters`);
  }
  const config: Config = {
    twilio: {
      accountSid: required('ACCOUNT_SID', /^AC[0-9a-f]{32}$/i, 'AC and 32 hexadecimal digits'),
      authToken: required('AUTH_TOKEN'),
      apiKey: required('TWILIO_API_KEY', /^SK[0-9a-f]{32}$/i, 'SK and 32 hexadecimal digits'),
      apiSecret,
      syncServiceSid: required('SYNC_SERVICE_SID', /^IS[0-9a-f]{32}$/i, 'IS and 32 hexadecimal digits'),
      syncApiUrl: origin('SYNC_API_URL', SYNC_API_URL),
      videoApiUrl: origin('VIDEO_API_URL', VIDEO_API_URL),
      syncIsEmulated: text('SYNC_API_URL') !== '',
      videoIsEmulated: text('VIDEO_API_URL') !== '',
      reachabilityWebhooks: oneOf('SYNC_REACHABILITY_WEBHOOKS', ['yes', 'no'], 'no') === 'yes',
    },
    meetingsProvider: oneOf('MEETINGS_PROVIDER', ['twilio', 'livekit'], 'twilio'),
    ...(livekit === undefined ? {} : { livekit }),
    ...(text('FRONTEND_URL') === '' ? {} : { frontendUrl: origin('FRONTEND_URL', '').replace(/\/+$/, '') }),
    meetingIdDigits: digits,
    rootSecret: ownSecret || apiSecret,
  };
  if (config.meetingsProvider === 'livekit' && livekit === undefined) {
    faults.push('MEETINGS_PROVIDER=livekit needs LIVEKIT_API_KEY, LIVEKIT_API_SECRET and LIVEKIT_URL');
  }
  identityProviderOf(environment, faults);
  if (faults.length > 0) throw notSetUp(faults);
  return config;
}
