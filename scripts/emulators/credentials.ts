/** The account that stand-alone emulators play: the developer's from the environment, else a well-known one. */

export interface EmulatedAccount {
  readonly credentials: {
    readonly accountSid: string;
    readonly authToken: string;
    readonly apiKeys: Readonly<Record<string, string>>;
  };
  /** LiveKit's API key and its secret. */
  readonly livekitKeys: Readonly<Record<string, string>>;
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
} as const;

/** Names of the variables that are read. */
export const CREDENTIAL_NAMES = Object.keys(WELL_KNOWN) as readonly (keyof typeof WELL_KNOWN)[];

export function emulatedAccount(configured: Readonly<Record<string, string>>): EmulatedAccount {
  const value = (name: keyof typeof WELL_KNOWN): string => configured[name] ?? WELL_KNOWN[name];
  return {
    credentials: {
      accountSid: value('ACCOUNT_SID'),
      authToken: value('AUTH_TOKEN'),
      apiKeys: { [value('TWILIO_API_KEY')]: value('TWILIO_API_SECRET') },
    },
    livekitKeys: { [value('LIVEKIT_API_KEY')]: value('LIVEKIT_API_SECRET') },
    lines: CREDENTIAL_NAMES.map((name) =>
      configured[name] === undefined ? `${name}=${WELL_KNOWN[name]}` : `${name} from the environment`,
    ),
  };
}
