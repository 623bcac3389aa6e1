/** A Twilio account as the scripts reach it: over the vendor's SDK, which also goes through `HTTP_PROXY`. */
import twilio, { type Twilio } from 'twilio';

export interface Account {
  readonly accountSid: string;
  readonly authToken: string;
}

/** Another address for a product, for tests alone: read from the process's environment, never from `.env`. */
const ADDRESSES = { api: 'TWILIO_API_URL', sync: 'SYNC_API_URL', video: 'VIDEO_API_URL' } as const;

/** What is done here takes a moment; what takes longer is down. */
const TIMEOUT_MS = 15_000;

/** @param key an API key and its secret, to act by instead of the auth token */
export function openAccount(
  { accountSid, authToken }: Account,
  environment: NodeJS.ProcessEnv,
  key?: { readonly sid: string; readonly secret: string },
): Twilio {
  const client = twilio(key?.sid ?? accountSid, key?.secret ?? authToken, {
    accountSid,
    timeout: TIMEOUT_MS,
  });
  for (const [product, name] of Object.entries(ADDRESSES) as [keyof typeof ADDRESSES, string][]) {
    const address = environment[name];
    if (address !== undefined && address !== '') client[product].baseUrl = address;
  }
  return client;
}

/** Tickets are signed with the key's secret where they have none of their own. */
export const LOST_WITH_KEY = ' (without a TICKET_SECRET, meetings that are open end with the old one)';

/** What Twilio said no with; undefined for what is no answer of Twilio's, such as a broken line. */
export function statusOf(error: unknown): number | undefined {
  const { status } = error as { status?: unknown };
  return typeof status === 'number' ? status : undefined;
}

/** A failed call in words that are safe to show: neither addresses with credentials nor the vendor's text. */
export function explainRefusal(error: unknown): string {
  const status = statusOf(error);
  if (status === 401) return 'Twilio does not accept the credentials (401)';
  if (status === 403) return 'Twilio does not allow it with these credentials (403)';
  if (status !== undefined) return `Twilio refused it (${status})`;
  const { code } = error as NodeJS.ErrnoException;
  return `Twilio could not be reached${typeof code === 'string' ? ` (${code})` : ''}`;
}
