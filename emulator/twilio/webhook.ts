/** Delivers signed, form-encoded webhooks as Twilio does. */
import http from 'node:http';
import https from 'node:https';
import { signRequest } from './signature';

/** https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides: the time a receiver has to answer. */
const TIMEOUT_MS = 15_000;

export class WebhookSender {
  readonly #authToken: string;
  readonly #log: ((line: string) => void) | undefined;
  readonly #underWay = new Set<http.ClientRequest>();

  constructor(authToken: string, log?: (line: string) => void) {
    this.#authToken = authToken;
    this.#log = log;
  }

  /** Sends and forgets: a receiver that fails is logged, never retried. `url` must be http or https. */
  post(url: string, params: Readonly<Record<string, string>>): void {
    void this.send('POST', url, params);
  }

  /**
   * Resolves when the receiver has answered or was given up, so that callbacks can be kept in order; never rejects.
   * The parameters of a GET travel in the URL, and are signed as part of it.
   */
  send(method: 'GET' | 'POST', url: string, params: Readonly<Record<string, string>>): Promise<void> {
    const form = new URLSearchParams(params).toString();
    const isGet = method === 'GET';
    const target = isGet ? `${url}${url.includes('?') ? '&' : '?'}${form}` : url;
    const request = (url.startsWith('https:') ? https : http).request(target, {
      method,
      // A kept-alive socket would outlive the emulator.
      agent: false,
      timeout: TIMEOUT_MS,
      headers: {
        'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
        ...(isGet ? {} : { 'content-length': Buffer.byteLength(form) }),
        'user-agent': 'TwilioProxy/1.1',
        'x-twilio-signature': signRequest(this.#authToken, target, isGet ? {} : params),
      },
    });
    this.#underWay.add(request);
    request.on('response', (response) => response.resume());
    request.on('timeout', () => request.destroy(new Error('timed out')));
    request.on('error', (error) => this.#log?.(`webhook to ${url} failed: ${error.message}`));
    request.end(isGet ? undefined : form);
    return new Promise((resolve) => {
      request.on('close', () => {
        this.#underWay.delete(request);
        resolve();
      });
    });
  }

  /** Gives up what is under way. */
  close(): void {
    for (const request of this.#underWay) request.destroy();
  }
}
