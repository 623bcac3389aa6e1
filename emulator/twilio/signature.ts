/** The signature on Twilio's webhooks: https://www.twilio.com/docs/usage/security#validating-requests */
import { createHmac } from 'node:crypto';

/**
 * The value of `X-Twilio-Signature` for a form-encoded webhook.
 *
 * @param authToken the account's auth token
 * @param url the full URL as configured, query included
 * @param params the form fields
 */
export function signRequest(
  authToken: string,
  url: string,
  params: Readonly<Record<string, string>>,
): string {
  const signed = Object.keys(params)
    .toSorted()
    .reduce((text, name) => text + name + params[name], url);
  return createHmac('sha1', authToken).update(signed).digest('base64');
}
