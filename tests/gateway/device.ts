/** Somebody's device: a real WebSocket that keeps what it was told. */
import { WebSocket } from 'ws';

// oxlint-disable-next-line typescript/no-explicit-any
type Told = any;

export class Device {
  readonly told: Told[] = [];
  /** How the socket ended, or was refused. */
  ending: { readonly code: number; readonly reason: string } | undefined;
  refusal: { readonly status: number; readonly body: string } | undefined;
  isOpen = false;

  /** By events: a thousand devices that ask a timer each keep a busy machine from all else. */
  private readonly settled: Promise<void>;

  private constructor(readonly socket: WebSocket) {
    this.settled = new Promise((settle) => {
      socket.on('open', () => {
        this.isOpen = true;
        settle();
      });
      socket.on('close', (code, reason) => {
        this.ending = { code, reason: reason.toString() };
        settle();
      });
      socket.on('unexpected-response', (request, response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          this.refusal = { status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() };
          request.destroy();
          settle();
        });
      });
    });
    socket.on('message', (data: Buffer) => this.told.push(JSON.parse(data.toString())));
    socket.on('error', () => undefined);
  }

  /** Resolves when it is open, or was refused, or has ended. */
  static async connect(
    origin: string,
    query: string,
    options: {
      headers?: Record<string, string>;
      origin?: string;
      autoPong?: boolean;
      localAddress?: string;
    } = {},
  ): Promise<Device> {
    const device = new Device(new WebSocket(`${origin.replace('http', 'ws')}/${query}`, options));
    await device.settled;
    return device;
  }

  say(message: unknown): void {
    this.socket.send(
      typeof message === 'string' || Buffer.isBuffer(message) ? message : JSON.stringify(message),
    );
  }

  /** Resolves with the first message that matches. */
  hears(matches: (message: Told) => boolean): Promise<Told> {
    return until(() => this.told.find(matches));
  }

  ends(): Promise<{ readonly code: number; readonly reason: string }> {
    return until(() => this.ending);
  }
}

/** Asks until there is an answer that is not falsy. */
export async function until<T>(ask: () => T | Promise<T>, patienceMs = 10_000): Promise<NonNullable<T>> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (performance.now() > deadline)
      throw new Error(`still not so after ${patienceMs} ms: ${ask.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
