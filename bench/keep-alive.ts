/** The smallest possible HTTP client: one connection, one request at a time, so that little of what is timed is its own. */
import { connect, type Socket } from 'node:net';

export interface Response {
  readonly status: number;
  readonly headers: string;
  readonly body: string;
}

export interface PostRequest {
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

const END_OF_HEADERS = '\r\n\r\n';

/** A request as bytes; made once, sent often. */
export function postBytes({ path, body, headers = {} }: PostRequest, host: string): Buffer {
  const text = JSON.stringify(body);
  const lines = [
    `POST ${path} HTTP/1.1`,
    `Host: ${host}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(text)}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ];
  return Buffer.from(`${lines.join('\r\n')}${END_OF_HEADERS}${text}`);
}

export class KeepAlive {
  private received: Buffer = Buffer.alloc(0);
  private waiting: { resolve: (response: Response) => void; reject: (error: Error) => void } | undefined;

  private constructor(private readonly socket: Socket) {
    socket.setNoDelay(true);
    socket.on('data', (bytes) => this.receive(bytes));
    const lost = (error?: Error): void =>
      this.waiting?.reject(error ?? new Error('the server closed the connection'));
    socket.on('error', lost);
    socket.on('close', () => lost());
  }

  static open(port: number): Promise<KeepAlive> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1' });
      socket.once('error', reject);
      socket.once('connect', () => resolve(new KeepAlive(socket)));
    });
  }

  send(request: Buffer): Promise<Response> {
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
      if (this.socket.destroyed) reject(new Error('the connection is closed'));
      else this.socket.write(request);
    });
  }

  close(): void {
    this.waiting = undefined;
    this.socket.destroy();
  }

  private receive(bytes: Buffer): void {
    this.received = this.received.length === 0 ? bytes : Buffer.concat([this.received, bytes]);
    const response = parse(this.received);
    if (!response) return;
    this.received = Buffer.alloc(0);
    this.waiting?.resolve(response);
  }
}

/** @returns undefined while more is to come. */
function parse(bytes: Buffer): Response | undefined {
  const end = bytes.indexOf(END_OF_HEADERS);
  if (end < 0) return undefined;
  const headers = bytes.toString('latin1', 0, end);
  const start = end + END_OF_HEADERS.length;
  const body = /^transfer-encoding: chunked/im.test(headers)
    ? chunked(bytes.toString('utf8', start))
    : sized(bytes, start, Number(/^content-length: (\d+)/im.exec(headers)?.[1] ?? 0));
  return body === undefined ? undefined : { status: Number(headers.slice(9, 12)), headers, body };
}

const sized = (bytes: Buffer, start: number, length: number): string | undefined =>
  bytes.length < start + length ? undefined : bytes.toString('utf8', start, start + length);

/** Answers of one chunk only, which small ones are. */
const chunked = (text: string): string | undefined =>
  text.endsWith('0\r\n\r\n') ? text.slice(text.indexOf('\r\n') + 2, -'\r\n0\r\n\r\n'.length) : undefined;
