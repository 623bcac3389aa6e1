/** Delivers webhooks signed as LiveKit's are: https://docs.livekit.io/home/server/webhooks/ */
import { createHash } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import type { Clock } from '../twilio/clock';
import { WEBHOOK_TOKEN_SECONDS } from './limits';
import { newSid } from './room';
import type { RoomEvent } from './state';
import { signToken } from './tokens';
import { forWebhook, viewParticipant, viewRoom, viewTrack } from './views';

export interface WebhookOptions {
  readonly urls: readonly string[];
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly clock: Clock;
  readonly log: (line: string) => void;
}

const TIMEOUT_MS = 15_000;

/** Events of one room arrive in order, those of several side by side, as with the server's queues. One that fails is logged and given up. */
export class Webhooks {
  readonly #queues = new Map<string, Promise<void>>();
  readonly #underWay = new Set<http.ClientRequest>();
  #era = 0;

  constructor(private readonly options: WebhookOptions) {}

  notify(event: RoomEvent): void {
    const { urls, clock } = this.options;
    if (urls.length === 0) return;
    const body = JSON.stringify({
      event: event.event,
      room: forWebhook(viewRoom(event.room)),
      ...('participant' in event ? { participant: forWebhook(viewParticipant(event.participant)) } : {}),
      ...('track' in event ? { track: forWebhook(viewTrack(event.track)) } : {}),
      id: newSid('EV'),
      createdAt: String(Math.floor(clock.now() / 1000)),
    });
    const era = this.#era;
    const send = async (): Promise<void> => {
      if (era === this.#era) await Promise.all(urls.map((url) => this.#send(url, body)));
    };
    const { name } = event.room;
    const sent = (this.#queues.get(name) ?? Promise.resolve()).then(send);
    this.#queues.set(name, sent);
    void sent.then(() => {
      if (this.#queues.get(name) === sent) this.#queues.delete(name);
    });
  }

  /** Drops what is under way and what waits. */
  stop(): void {
    this.#era += 1;
    for (const request of this.#underWay) request.destroy();
  }

  #send(url: string, body: string): Promise<void> {
    const { apiKey, apiSecret, clock, log } = this.options;
    const now = Math.floor(clock.now() / 1000);
    const sha256 = createHash('sha256').update(body).digest('base64');
    const claims = { iss: apiKey, exp: now + WEBHOOK_TOKEN_SECONDS, nbf: now, iat: now, sha256 };
    const request = (url.startsWith('https:') ? https : http).request(url, {
      method: 'POST',
      // A kept-alive socket would outlive the emulator.
      agent: false,
      timeout: TIMEOUT_MS,
      headers: {
        // The token alone: the server writes no "Bearer" before it.
        authorization: signToken(claims, apiSecret),
        'content-type': 'application/webhook+json',
        'content-length': Buffer.byteLength(body),
        'user-agent': 'Go-http-client/1.1',
      },
    });
    this.#underWay.add(request);
    request.on('response', (response) => response.resume());
    request.on('timeout', () => request.destroy(new Error('timed out')));
    request.on('error', (error) => log(`webhook to ${url} failed: ${error.message}`));
    request.end(body);
    return new Promise((resolve) => {
      request.on('close', () => {
        this.#underWay.delete(request);
        resolve();
      });
    });
  }
}
