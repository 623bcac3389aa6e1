/**
 * Twilio's own REST resource classes over our transport. The SDK's top-level client is left out: it brings
 * axios and hundreds of files that a cold start would have to read.
 */
import type { RequestOpts } from 'twilio/lib/base/BaseTwilio';
import Domain from 'twilio/lib/base/Domain';
import RestException from 'twilio/lib/base/RestException';
import type { Upstream, UpstreamOptions } from '../../upstream/upstream';

/** The SDK's product domains add a shorthand, `v1`, that nobody here uses. */
type ProductDomain = Domain & { readonly v1: never };

export interface TwilioAccount {
  readonly accountSid: string;
  readonly authToken: string;
  /** API key and secret: sign every token that a browser gets. */
  readonly apiKey: string;
  readonly apiSecret: string;
}

/** One product's domain, such as `https://sync.twilio.com`, for the constructor of that product's `V1`. */
export function twilioDomain(
  origin: string,
  account: TwilioAccount,
  upstream: Upstream,
  options: UpstreamOptions = {},
): ProductDomain {
  const authorization = `Basic ${Buffer.from(`${account.accountSid}:${account.authToken}`).toString('base64')}`;
  const request = async (call: RequestOpts): Promise<object> => {
    if (!call.method || !call.uri) throw new Error('the SDK names a method and an address');
    const url = new URL(call.uri);
    for (const [name, value] of Object.entries(call.params ?? {})) url.searchParams.set(name, String(value));
    const form = call.data as Form | undefined;
    const response = await upstream.request(
      {
        method: call.method.toUpperCase(),
        url: url.href,
        headers: { ...(call.headers as Record<string, string>), Authorization: authorization },
        ...(form ? { body: encodeForm(form) } : {}),
      },
      options,
    );
    return { statusCode: response.status, body: response.body };
  };
  // Domain asks its client for nothing but `request`.
  return new Domain(
    { request } as unknown as ConstructorParameters<typeof Domain>[0],
    origin,
  ) as ProductDomain;
}

function encodeForm(form: Form): string {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(form)) if (value !== undefined) body.set(name, String(value));
  return body.toString();
}

type Form = Readonly<Record<string, string | number | boolean | undefined>>;

/** Whether `error` is the vendor's answer with this HTTP status (and error code, if given). */
export const isTwilioError = (error: unknown, status: number, code?: number): boolean =>
  error instanceof RestException && error.status === status && (code === undefined || error.code === code);

/**
 * The outcome of `call`, or undefined when the vendor says that there is no such thing. Any other refusal is
 * thrown: a 401 or a 429 is not "not found".
 */
export async function foundOrUndefined<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (isTwilioError(error, 404)) return undefined;
    throw error;
  }
}
