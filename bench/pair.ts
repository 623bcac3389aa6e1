/** Two people who call each other, as the benchmarks of calls have them. */
import { WebSocket } from 'ws';
import { KeepAlive, postBytes } from './keep-alive';

const HOST = 'localhost';

/** How a server is asked to ring, and to stop. */
export interface Way {
  readonly port: number;
  readonly start: string;
  readonly more?: Readonly<Record<string, string>>;
  /** None: what rings is forgotten at once. */
  readonly end?: string;
}

/** Two people who call each other over one server. */
export class Pair {
  private ringing: ((at: number) => void) | undefined;

  private constructor(
    private readonly way: Way,
    private readonly request: KeepAlive,
    private readonly callerId: string,
    private readonly receiverId: string,
    private readonly sockets: readonly WebSocket[],
  ) {}

  static async open(way: Way, name: string): Promise<Pair> {
    const { port } = way;
    const ids = [`${name}-caller`, `${name}-receiver`] as const;
    const open = async (id: string): Promise<WebSocket> => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}/?id=${id}&name=${id}&location=Nairobi`);
      await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
      return socket;
    };
    const sockets = [await open(ids[0]), await open(ids[1])];
    const pair = new Pair(way, await KeepAlive.open(port), ...ids, sockets);
    sockets[1]?.on('message', (data: Buffer) => {
      const at = performance.now();
      if ((JSON.parse(data.toString()) as { type: string }).type === 'INCOMING_CALL') pair.ringing?.(at);
    });
    return pair;
  }

  /** Places a call and gives it up. @returns ms until it rang */
  async call(): Promise<number> {
    const { callerId, receiverId, way } = this;
    const start = postBytes({ path: way.start, body: { callerId, receiverId, ...way.more } }, HOST);
    const ringing = new Promise<number>((resolve) => (this.ringing = resolve));
    const begun = performance.now();
    const { status, body } = await this.request.send(start);
    const { id, status: state } = JSON.parse(body) as { id: string; status: string };
    if (status !== 200 || state !== 'DIALLING') throw new Error(`a call was not placed: ${status} ${body}`);
    const rang = await ringing;
    if (way.end === undefined) return rang - begun;
    const end = postBytes({ path: way.end, body: { callId: id, userId: callerId } }, HOST);
    const ended = await this.request.send(end);
    if (ended.status !== 200) throw new Error(`a call was not ended: ${ended.status} ${ended.body}`);
    return rang - begun;
  }

  close(): void {
    this.request.close();
    for (const socket of this.sockets) socket.terminate();
  }
}
