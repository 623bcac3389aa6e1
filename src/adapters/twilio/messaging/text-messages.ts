/** Twilio Messaging: https://www.twilio.com/docs/messaging/api/message-resource#create-a-message-resource */
import { FoyerError, notAllowed } from '../../../domain/errors';
import type { TextMessages } from '../../../ports/text-messages';
import { busy, type Upstream, type UpstreamResponse } from '../../../upstream/upstream';
import type { TwilioAccount } from '../client';

export interface MessagingAddress {
  /** `https://api.twilio.com`, without a slash at the end. */
  readonly apiUrl: string;
  readonly account: Pick<TwilioAccount, 'accountSid' | 'authToken'>;
  readonly sender: Readonly<Record<string, string>>;
}

/** Tries of a message that certainly was not taken. */
const MAX_ATTEMPTS = 5;
/** ms. Longer than other calls have: to give up early is to leave the host not knowing. */
const TIMEOUT_MS = 6_000;

/** The connection was never made, so nothing was asked for. */
const NEVER_LEFT = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];

export class TwilioMessaging implements TextMessages {
  constructor(
    private readonly address: MessagingAddress,
    private readonly upstream: Upstream,
  ) {}

  /**
   * Tried again only when the vendor certainly has not taken the message: it said 429, or was not reached at all.
   * After a 5xx, a timeout or a broken line it may be on its way, and the API knows no key by which a second
   * request would be the same message.
   */
  async send(phone: string, text: string): Promise<void> {
    const form = { To: phone, Body: text, ...this.address.sender };
    let failure: unknown;
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      if (attempt > 0 && !(await this.upstream.pause(attempt))) break;
      const answer = await this.attempt(new URLSearchParams(form).toString());
      if (!('unsent' in answer)) return requireTaken(answer);
      failure = answer.unsent;
    }
    throw busy(failure);
  }

  /** @throws FoyerError `try-again` when nobody knows what became of it. */
  private async attempt(body: string): Promise<UpstreamResponse | { readonly unsent: unknown }> {
    const { apiUrl, account } = this.address;
    const credentials = Buffer.from(`${account.accountSid}:${account.authToken}`).toString('base64');
    const request = {
      method: 'POST',
      url: `${apiUrl}/2010-04-01/Accounts/${account.accountSid}/Messages.json`,
      headers: {
        Authorization: `Basic ${credentials}`,
        'Content-Type': 'application/x-www-form-urlencoded',
        Accept: 'application/json',
      },
      body,
    };
    try {
      const once = { attempts: 1, rateLimit: 'answer', timeoutMs: TIMEOUT_MS } as const;
      const answer = await this.upstream.request(request, once);
      return answer.status === 429 ? { unsent: new Error('Twilio Messaging: status 429') } : answer;
    } catch (error) {
      const cause = error instanceof Error ? (error.cause as NodeJS.ErrnoException | undefined) : undefined;
      if (NEVER_LEFT.includes(cause?.code ?? '')) return { unsent: cause };
      throw unknownOutcome(cause);
    }
  }
}

/** Seconds. Longer than a client waits that repeats by itself what a busy server did not do: a second message costs. */
const TIME_TO_ASK = 60;

const unknownOutcome = (cause: unknown): FoyerError =>
  new FoyerError(
    'try-again',
    'the text message may or may not have been sent. Ask the guest before you send another.',
    { cause, retryAfter: TIME_TO_ASK },
  );

/** https://www.twilio.com/docs/api/errors; the vendor's own words name the number, so they are not kept. */
const REFUSALS: Readonly<Record<number, () => FoyerError>> = Object.fromEntries([
  ...[21211, 21214, 21217, 21614].map((code) => [
    code,
    () => new FoyerError('invalid-input', 'phone must be a number that takes text messages. Check it.'),
  ]),
  [
    21610,
    () => notAllowed('this phone has unsubscribed from our text messages; START, sent from it, undoes that.'),
  ],
  [21608, () => notAllowed('a trial account sends text messages to verified numbers only.')],
  ...[21408, 21612].map((code) => [
    code,
    () => notAllowed('text messages to the country or carrier of this phone are not possible from here.'),
  ]),
  ...[21212, 21603, 21606, 21659, 21660, 21701, 21703, 21704, 21705].map((code) => [
    code,
    () =>
      new FoyerError(
        'misconfigured',
        'the service is not set up: MESSAGING_SERVICE_SID or SMS_FROM is no sender that this account can use.',
      ),
  ]),
]) as Record<number, () => FoyerError>;

/** A guard. @throws FoyerError for a refusal that is known and for what is no answer, Error for any other. */
function requireTaken({ status, body }: UpstreamResponse): void {
  if (status === 201) return;
  if (status < 400) throw unknownOutcome(new Error(`Twilio Messaging: status ${status}`));
  const code = codeIn(body);
  const refusal = REFUSALS[code];
  throw refusal ? refusal() : new Error(`Twilio Messaging: status ${status}, code ${code}`);
}

function codeIn(body: string): number {
  try {
    return Number((JSON.parse(body) as { code?: unknown } | null)?.code) || 0;
  } catch {
    return 0;
  }
}
