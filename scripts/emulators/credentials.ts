/** The account that stand-alone emulators play: the developer's from the environment, else a well-known one. */

export interface EmulatedAccount {
  readonly credentials: {
    readonly accountSid: string;
    readonly authToken: string;
    readonly apiKeys: Readonly<Record<string, string>>;
  };
  /** LiveKit's API key and its secret. */
  readonly livekitKeys: Readonly<Record<string, string>>;
  /** 100ms' access key and its app secret. */
  readonly hmsKeys: Readonly<Record<string, string>>;
  /** What another project must be configured with, one `NAME=value` each; values of the developer's are not shown. */
  readonly lines: readonly string[];
}

/** Shaped as the vendors' own, and secret to nobody. */
const WELL_KNOWN = {
  ACCOUNT_SID: 'AC00000000000000000000000000000001',
  AUTH_TOKEN: '00000000000000000000000000000001',
  TWILIO_API_KEY: 'SK00000000000000000000000000000001',
  TWILIO_API_SECRET: '00000000000000000000000000000001',
  LIVEKIT_API_KEY: 'devkey',
  LIVEKIT_API_SECRET: '00000000000000000000000000000001',
  HMS_ACCESS_KEY: '000000000000000000000001',
  HMS_APP_SECRET: '00000000000000000000000000000001',
} as const;

/** Names of the variables that are read. */
const NAMES = Object.keys(WELL_KNOWN) as readonly (keyof typeof WELL_KNOWN)[];
export const CREDENTIAL_NAMES: readonly string[] = [...NAMES, 'API_KEY', 'APP_SECRET'];

export function emulatedAccount(variables: Readonly<Record<string, string>>): EmulatedAccount {
  const { API_KEY, APP_SECRET } = variables;
  // Other names of 100ms' two, where both are given.
  const pair = API_KEY && APP_SECRET ? { HMS_ACCESS_KEY: API_KEY, HMS_APP_SECRET: APP_SECRET } : {};
  const configured: Readonly<Record<string, string>> = { ...pair, ...variables };
  const value = (name: keyof typeof WELL_KNOWN): string => configured[name] ?? WELL_KNOWN[name];
  return {
    credentials: {
      accountSid: value('ACCOUNT_SID'),
      authToken: value('AUTH_TOKEN'),
      apiKeys: { [value('TWILIO_API_KEY')]: value('TWILIO_API_SECRET') },
    },
    hmsKeys: { [value('HMS_ACCESS_KEY')]: value('HMS_APP_SECRET') },
    livekitKeys: { [value('LIVEKIT_API_KEY')]: value('LIVEKIT_API_SECRET') },
    lines: NAMES.map((name) =>
      configured[name] === undefined ? `${name}=${WELL_KNOWN[name]}` : `${name} from the environment`,
    ),
  };
}
