/** An account of Twilio that only emulators know: made up anew each time. */
import { randomBytes } from 'node:crypto';

export interface EmulatedAccount {
  readonly accountSid: string;
  readonly authToken: string;
  /** What an emulator takes: the secret of each API key by its SID. */
  readonly credentials: {
    readonly accountSid: string;
    readonly authToken: string;
    readonly apiKeys: Readonly<Record<string, string>>;
  };
  /** The account and its one API key, as functions are told of them. */
  readonly variables: Readonly<
    Record<'ACCOUNT_SID' | 'AUTH_TOKEN' | 'TWILIO_API_KEY' | 'TWILIO_API_SECRET', string>
  >;
}

export function emulatedAccount(): EmulatedAccount {
  const hex = (): string => randomBytes(16).toString('hex');
  const account = { accountSid: `AC${hex()}`, authToken: hex() };
  const key = { sid: `SK${hex()}`, secret: hex() };
  return {
    ...account,
    credentials: { ...account, apiKeys: { [key.sid]: key.secret } },
    variables: {
      ACCOUNT_SID: account.accountSid,
      AUTH_TOKEN: account.authToken,
      TWILIO_API_KEY: key.sid,
      TWILIO_API_SECRET: key.secret,
    },
  };
}
