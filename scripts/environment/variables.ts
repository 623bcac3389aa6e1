/**
 * Every environment variable that Foyer's functions know, with what makes a value impossible. A new vendor
 * adds its variables here and nowhere else in the scripts: they are then read, checked and passed on.
 */
import { trustProxies } from '../../gateway/client-address';
import languages from '../../src/assets/texts/languages.json';

/** Says what is expected, or nothing when the value will do. */
type Check = (value: string) => string | undefined;

const matches =
  (pattern: RegExp, expected: string): Check =>
  (value) =>
    pattern.test(value) ? undefined : expected;

const sid = (prefix: string): Check =>
  matches(new RegExp(`^${prefix}[0-9a-fA-F]{32}$`), `${prefix} and 32 hexadecimal digits`);

const yesOrNo = matches(/^(yes|no)$/, '"yes" or "no"');

/** Who could answer in an identity provider's place could let anybody in: only this machine is trusted over http. */
const keysUrl: Check = (value) =>
  URL.canParse(value) && /^(https:\/\/|http:\/\/(localhost|127(\.\d{1,3}){3}|\[::1\])[:/])/.test(value)
    ? undefined
    : 'an https URL (http on this machine only)';

const socketUrl: Check = (value) =>
  URL.canParse(value) && /^(http|ws)s?:$/.test(new URL(value).protocol)
    ? undefined
    : 'a wss, ws, https or http URL';

const integer =
  (low: number, high: number): Check =>
  (value) =>
    /^\d{1,9}$/.test(value) && Number(value) >= low && Number(value) <= high
      ? undefined
      : `a whole number from ${low} to ${high}`;

const anything: Check = () => undefined;

/** The entries of a comma-separated list. */
export const listed = (value = ''): readonly string[] =>
  value
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');

const isOrigin = (entry: string): boolean =>
  URL.canParse(entry) && /^https?:\/\/[^/]+\/?$/i.test(entry) && new URL(entry).pathname === '/';

const origins: Check = (value) =>
  listed(value).every(isOrigin) ? undefined : 'origins like https://meet.example, separated by commas';

const networks: Check = (value) => {
  try {
    trustProxies(listed(value));
    return undefined;
  } catch {
    return 'addresses or networks like 10.0.0.0/8, separated by commas';
  }
};

/** It travels in a header. */
const gatewaySecret = matches(/^[\x21-\x7e]{16,}$/, 'at least 16 printable characters without spaces');

/** Without all of these there is no Twilio account to talk to. */
export const ACCOUNT_VARIABLES = {
  ACCOUNT_SID: sid('AC'),
  AUTH_TOKEN: matches(/^.{32}$/, '32 characters'),
  TWILIO_API_KEY: sid('SK'),
  TWILIO_API_SECRET: anything,
  SYNC_SERVICE_SID: sid('IS'),
} as const satisfies Record<string, Check>;

/** Without a key, its secret and one of the addresses there is no LiveKit to talk to. */
export const LIVEKIT_VARIABLES = {
  LIVEKIT_API_KEY: anything,
  LIVEKIT_API_SECRET: anything,
  LIVEKIT_URL: socketUrl,
  LIVEKIT_SOCKET_URL: socketUrl,
} as const satisfies Record<string, Check>;

/** Without a key and its secret there is no 100ms to talk to; API_KEY and APP_SECRET are other names of the two. */
export const HUNDREDMS_VARIABLES = {
  HMS_ACCESS_KEY: anything,
  HMS_APP_SECRET: anything,
  API_KEY: anything,
  APP_SECRET: anything,
  HMS_API_URL: matches(/^https?:\/\/[^\s?#]+$/, 'an http or https URL'),
} as const satisfies Record<string, Check>;

const IDENTITY_PROVIDER_VARIABLES = {
  AUTH_JWKS_URL: keysUrl,
  AUTH_ISSUER: anything,
  AUTH_AUDIENCE: anything,
} as const satisfies Record<string, Check>;

/** A line of text that people read. */
const shortText = (most: number): Check =>
  matches(new RegExp(`^[^\\p{Cc}\\p{Cf}]{1,${most}}$`, 'u'), `1 to ${most} characters in one line`);

const webAddress = (schemes: RegExp, expected: string): Check => {
  return (value) => (URL.canParse(value) && schemes.test(value) ? undefined : expected);
};

/** What functions say, too, when they write to people. */
const SPOKEN_BRAND_VARIABLES = {
  BRAND_NAME: shortText(40),
  BRAND_LANGUAGE: (value) =>
    Object.hasOwn(languages, value) ? undefined : `one of ${Object.keys(languages).join(', ')}`,
} as const satisfies Record<string, Check>;

/** Whose pages they are: they go into pages when these are built. */
export const BRAND_VARIABLES: Readonly<Record<string, Check>> = {
  ...SPOKEN_BRAND_VARIABLES,
  BRAND_COLOR: matches(/^#([0-9a-f]{3}|[0-9a-f]{6})$/i, 'a colour like #0f665a'),
  BRAND_LOGO: matches(
    /^(?!(?:http|ftp|file|javascript):)./is,
    'a path, an https address or a data URL of an SVG or a PNG',
  ),
  BRAND_SUPPORT_URL: webAddress(/^(?:https:\/\/|mailto:|tel:)/i, 'an https, mailto or tel address'),
  BRAND_PRIVACY_URL: webAddress(/^https:\/\//i, 'an https address'),
};

/** The functions' variables, the account's included. */
export const FUNCTION_VARIABLES: Readonly<Record<string, Check>> = {
  ...ACCOUNT_VARIABLES,
  ...LIVEKIT_VARIABLES,
  ...HUNDREDMS_VARIABLES,
  HMS_TEMPLATE_ID: matches(/^[0-9a-f]{24}$/, '24 hexadecimal digits'),
  HMS_HOST_ROLE: anything,
  HMS_GUEST_ROLE: anything,
  /** What 100ms sends as x-webhook-secret with what it tells. */
  HMS_WEBHOOK_SECRET: matches(/^[\x21-\x7e]{16,}$/, 'at least 16 printable characters without spaces'),
  /** Whether the Sync service calls `/webhooks/sync` when a client's connection comes or goes. */
  SYNC_REACHABILITY_WEBHOOKS: yesOrNo,
  /** What text messages are sent by: the first, if both are there. */
  MESSAGING_SERVICE_SID: sid('MG'),
  SMS_FROM: matches(
    /^(\+[1-9]\d{6,14}|\d{3,8}|(?=.*[A-Za-z])[A-Za-z0-9 +_&-]{1,11})$/,
    'a number like +14155550123, a short code, or a name',
  ),
  ...SPOKEN_BRAND_VARIABLES,
  ADMIN_API_KEY: anything,
  ALLOW_ANONYMOUS_OPERATORS: yesOrNo,
  ALLOW_ANONYMOUS_USERS: yesOrNo,
  ...IDENTITY_PROVIDER_VARIABLES,
  AUTH_OPERATOR_CLAIM: anything,
  MEETINGS_PROVIDER: matches(/^(twilio|livekit|100ms)$/, '"twilio", "livekit" or "100ms"'),
  CALLS_PROVIDER: matches(/^(livekit|twilio)$/, '"livekit" or "twilio"'),
  ROOMS_PROVIDER: matches(/^(100ms|livekit|twilio)$/, '"100ms", "livekit" or "twilio"'),
  ROOM_MAX_PARTICIPANTS: integer(2, 1000),
  LEAVE_GRACE_SECONDS: integer(0, 300),
  MONGO_URI: matches(/^mongodb(\+srv)?:\/\/\S+$/, 'a mongodb:// or mongodb+srv:// address'),
  RING_TIMEOUT_SECONDS: integer(1, 600),
  CALL_GRACE_SECONDS: integer(1, 300),
  /** What links of LiveKit meetings begin with. */
  FRONTEND_URL: matches(/^https?:\/\/[^\s?#]+$/, 'an http or https URL'),
  MEETING_ID_DIGITS: integer(4, 15),
  TICKET_SECRET: matches(/^.{16,}$/, 'at least 16 characters'),
  /** What the gateways and the functions know alone. */
  GATEWAY_SECRET: gatewaySecret,
};

/** Who may come to a gateway, and by whom. */
const GATEWAY_CLIENT_VARIABLES = {
  ALLOWED_ORIGINS: origins,
  TRUSTED_PROXIES: networks,
} as const satisfies Record<string, Check>;

/** The variables of `npm start` itself. */
export const START_VARIABLES: Readonly<Record<string, Check>> = {
  // 0 takes any free port.
  PORT: integer(0, 65_535),
  HOST: matches(/^[\w.:-]+$/, 'an address or a name of this machine'),
  ...GATEWAY_CLIENT_VARIABLES,
};

/** The variables of `npm run gateway`. */
export const GATEWAY_VARIABLES: Readonly<Record<string, Check>> = {
  ...START_VARIABLES,
  FUNCTIONS_URL: (value) =>
    isOrigin(value) ? undefined : 'where the functions are, like https://foyer-1234.twil.io',
  GATEWAY_SECRET: gatewaySecret,
  LIVEKIT_API_KEY: anything,
  LIVEKIT_API_SECRET: anything,
};

/** The variables of `npm run emulators`, beside the account's. */
export const EMULATOR_VARIABLES: Readonly<Record<string, Check>> = {
  SYNC_EMULATOR_PORT: integer(0, 65_535),
  VIDEO_EMULATOR_PORT: integer(0, 65_535),
  LIVEKIT_EMULATOR_PORT: integer(0, 65_535),
  HMS_EMULATOR_PORT: integer(0, 65_535),
  TWILIO_API_EMULATOR_PORT: integer(0, 65_535),
  SMS_OUTBOX_PORT: integer(0, 65_535),
};

/** One line for an identity provider that is configured by half: it could vouch for nobody. */
export function identityProviderFaults(variables: Readonly<Record<string, string>>): string[] {
  const names = Object.keys(IDENTITY_PROVIDER_VARIABLES);
  const missing = names.filter((name) => variables[name] === undefined);
  if (missing.length === 0 || missing.length === names.length) return [];
  return [
    `For an identity provider these are missing: ${missing.join(', ')} (none of the three: no provider)`,
  ];
}

/** One line for each value that cannot be right. Secrets are not repeated. */
export function faultsIn(
  variables: Readonly<Record<string, string>>,
  checks: Readonly<Record<string, Check>>,
): string[] {
  return Object.entries(checks).flatMap(([name, check]) => {
    const value = variables[name];
    const expected = value === undefined ? undefined : check(value);
    return expected === undefined ? [] : [`${name} is not valid: expected ${expected}`];
  });
}
