/**
 * Delivers webhooks as 100ms does: JSON with headers that the receiver chose, each by itself and in no promised
 * order, and again after 1, 3 and 10 seconds when the answer is not a 200.
 * https://www.100ms.live/docs/server-side/v2/how-to-guides/configure-webhooks/overview
 */
import { randomUUID } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import type { Cancel, Clock } from '../twilio/clock';
import { WEBHOOK_RETRY_SECONDS } from './limits';
import type { HmsEvent } from './state';
import { type Account, viewEvent } from './views';

export interface WebhookTarget {
  readonly url: string;
  /** Sent as they are: this is how a receiver knows who is calling. */
  readonly headers?: Readonly<Record<string, string>>;
}

interface WebhookOptions {
  readonly target: WebhookTarget | undefined;
  readonly account: Account;
  readonly clock: Clock;
  readonly log: (line: string) => void;
}

const TIMEOUT_MS = 15_000;

export class Webhooks {
  readonly #underWay = new Set<http.ClientRequest>();
  readonly #waiting = new Set<Cancel>();
  #era = 0;

  constructor(private readonly options: WebhookOptions) {}

  notify(event: HmsEvent): void {
    const { target, account, clock } = this.options;
    const room = 'peer' in event ? event.peer.room : event.room;
    if (!target || room.isVendors) return;
    const now = clock.now();
    const body = JSON.stringify({
      version: '2.0',
      id: randomUUID(),
      app_id: account.appId,
      account_id: account.customerId,
      template_id: room.settings.templateId,
      timestamp: new Date(now).toISOString(),
      type: event.type,
      data: viewEvent(event, now),
    });
    void this.#deliver(target, body, 0);
  }

  /** Drops what is under way and what waits. */
  stop(): void {
    this.#era += 1;
    for (const cancel of this.#waiting) cancel();
    this.#waiting.clear();
    for (const request of this.#underWay) request.destroy();
  }

  async #deliver(target: WebhookTarget, body: string, attempt: number): Promise<void> {
    const era = this.#era;
    const status = await this.#send(target, body);
    if (status === 200 || era !== this.#era) return;
    const seconds = WEBHOOK_RETRY_SECONDS[attempt];
    const { log, clock } = this.options;
    if (seconds === undefined) return log(`webhook to ${target.url} given up`);
    const cancel = clock.after(seconds * 1000, () => {
      this.#waiting.delete(cancel);
      void this.#deliver(target, body, attempt + 1);
    });
    this.#waiting.add(cancel);
  }

  /** @returns undefined when nobody answered; never rejects. */
  #send({ url, headers }: WebhookTarget, body: string): Promise<number | undefined> {
    let status: number | undefined;
    const request = (url.startsWith('https:') ? https : http).request(url, {
      method: 'POST',
      // A kept-alive socket would outlive the emulator.
      agent: false,
      timeout: TIMEOUT_MS,
      headers: {
        ...headers,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'user-agent': 'Go-http-client/1.1',
      },
    });
    this.#underWay.add(request);
    request.on('response', (response) => {
      status = response.statusCode;
      response.resume();
    });
    request.on('timeout', () => request.destroy(new Error('timed out')));
    request.on('error', (error) => this.options.log(`webhook to ${url} failed: ${error.message}`));
    request.end(body);
    return new Promise((resolve) => {
      request.on('close', () => {
        this.#underWay.delete(request);
        resolve(status);
      });
    });
  }
}
