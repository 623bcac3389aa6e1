/** The account that the Twilio Video tests play with: credentials, REST clients and access tokens by the real SDK. */
import twilio from 'twilio';
import type { Credentials } from '../../emulator/twilio/credentials';
import { createVideoEmulator, type VideoEmulator } from '../../emulator/twilio-video/server';

const API_KEY = `SK${'3'.repeat(32)}`;
const API_SECRET = 'a secret of an API key';

export const CREDENTIALS: Credentials = {
  accountSid: `AC${'1'.repeat(32)}`,
  authToken: '2'.repeat(32),
  apiKeys: { [API_KEY]: API_SECRET },
};

export type Rooms = ReturnType<typeof twilio>['video']['v1']['rooms'];

export function restClient(origin: string, authToken = CREDENTIALS.authToken): Rooms {
  const client = twilio(CREDENTIALS.accountSid, authToken);
  client.video.baseUrl = origin;
  return client.video.v1.rooms;
}

export interface TokenOptions {
  /** Seconds; an hour unless given. */
  readonly ttl?: number;
  readonly secret?: string;
  /** False for a token without any video grant. */
  readonly video?: boolean;
}

/** @param room the only room, by SID or name, that the token is good for; any room if left out */
export function accessToken(identity: string, room?: string, options: TokenOptions = {}): string {
  const { ttl = 3600, secret = API_SECRET, video = true } = options;
  const token = new twilio.jwt.AccessToken(CREDENTIALS.accountSid, API_KEY, secret, { identity, ttl });
  if (video) token.addGrant(new twilio.jwt.AccessToken.VideoGrant(room === undefined ? {} : { room }));
  return token.toJwt();
}

export interface Emulated {
  readonly emulator: VideoEmulator;
  readonly origin: string;
  readonly rooms: Rooms;
  readonly log: string[];
}

export async function startEmulator(
  options: Omit<Parameters<typeof createVideoEmulator>[0], 'credentials' | 'log'> = {},
): Promise<Emulated> {
  const log: string[] = [];
  const emulator = createVideoEmulator({
    ...options,
    credentials: CREDENTIALS,
    log: (line) => log.push(line),
  });
  const { origin } = await emulator.listen();
  return { emulator, origin, rooms: restClient(origin), log };
}
