/** One HTTP request, with every header as the test wants it. */
import { request, type IncomingHttpHeaders } from 'node:http';

export class Reply {
  constructor(
    readonly status: number,
    readonly headers: IncomingHttpHeaders,
    readonly text: string,
  ) {}

  /** The body of a JSON answer; anything else is the test's fault. */
  // oxlint-disable-next-line typescript/no-explicit-any
  get json(): any {
    return JSON.parse(this.text);
  }
}

export interface Sending {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

export function send(url: string, { method = 'POST', headers = {}, body }: Sending = {}): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    const outgoing = request(url, { method, headers: { ...length, ...headers }, agent: false });
    outgoing.on('response', (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () => {
        resolve(new Reply(incoming.statusCode ?? 0, incoming.headers, Buffer.concat(chunks).toString()));
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
