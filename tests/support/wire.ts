/** A wire between our adapters and an emulator: counts what passes, delays it, cuts it, before or after its effect. */
import { randomInt } from 'node:crypto';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** `silence`: no answer, ever. */
export type Fault = 429 | 500 | 503 | 'reset' | 'garbage' | 'silence';
export type Moment = 'before' | 'after';

interface Plan {
  readonly fault: Fault;
  /** Whether the vendor has done what it was asked when the fault strikes. */
  readonly moment: Moment;
  /** Calls from this one on, counted from 1 … */
  readonly from: number;
  /** … to this one. */
  readonly to: number;
  /** Of those only such as `POST /v1/…`; all by default. */
  readonly only?: RegExp;
}

export class Wire {
  private plan: Plan | undefined;
  private maxDelayMs = 0;
  private readonly servers: ReturnType<typeof createServer>[] = [];
  /** `GET /v1/…` of every call since the last {@link clear}. */
  calls: string[] = [];

  /** Starts a wire to `origin`. @returns the origin to use instead. */
  async to(origin: string): Promise<string> {
    const server = createServer((incoming, outgoing) => void this.pass(origin, incoming, outgoing));
    this.servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  /** Forgets calls and faults. */
  clear(): void {
    this.calls = [];
    this.plan = undefined;
  }

  fail(plan: Plan): void {
    this.clear();
    this.plan = plan;
  }

  /** Shuffles concurrent calls by random delays of up to so many ms. */
  jitter(maxDelayMs: number): void {
    this.maxDelayMs = maxDelayMs;
  }

  async close(): Promise<void> {
    for (const server of this.servers) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  }

  private async pass(origin: string, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const call = `${incoming.method} ${incoming.url}`;
    const count = this.calls.push(call);
    const { plan } = this;
    const isMeant = plan !== undefined && (plan.only?.test(call) ?? true);
    const strikes = isMeant && count >= plan.from && count <= plan.to;
    if (this.maxDelayMs > 0) await delay(randomInt(this.maxDelayMs + 1));
    if (strikes && plan.moment === 'before') return this.strike(plan.fault, outgoing);
    const forwarded = request(
      `${origin}${incoming.url}`,
      { method: incoming.method, headers: { ...incoming.headers, host: new URL(origin).host } },
      (answer) => {
        if (strikes) {
          answer.resume().once('end', () => this.strike(plan.fault, outgoing));
          return;
        }
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    forwarded.once('error', () => outgoing.destroy());
    incoming.pipe(forwarded);
  }

  private strike(fault: Fault, outgoing: ServerResponse): void {
    if (fault === 'silence') return;
    if (fault === 'reset') outgoing.socket?.resetAndDestroy();
    else if (fault === 'garbage')
      outgoing.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad gateway');
    else
      outgoing
        .writeHead(fault, { 'content-type': 'application/json' })
        .end(`{"status":${fault},"code":20500}`);
  }
}

const delay = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
