/** Browsers: the unmodified `twilio-sync`, connected as the answers of our routes say. */
import { SyncClient, type SyncDocument, type SyncMap } from 'twilio-sync';

/** What the routes answer to somebody who is to watch something. */
export interface Access {
  readonly token: string;
  readonly connect_options: object;
}

/** The SDK's timers outlive its shutdown: they may neither keep the test process alive nor fire in the next test. */
const timers: NodeJS.Timeout[] = [];
const { setTimeout: realTimeout } = globalThis;
const releasedTimeout = (...args: Parameters<typeof realTimeout>): NodeJS.Timeout => {
  const timer = realTimeout(...args).unref();
  timers.push(timer);
  return timer;
};
globalThis.setTimeout = Object.assign(releasedTimeout, realTimeout);

/** To be called last of all. */
export function dropTimers(): void {
  for (const timer of timers.splice(0)) clearTimeout(timer);
}

export class SyncClients {
  private readonly open = new Set<SyncClient>();

  connect({ token, connect_options }: Access): SyncClient {
    const client = new SyncClient(token, connect_options);
    this.open.add(client);
    return client;
  }

  newest(): SyncClient {
    const client = [...this.open].at(-1);
    if (!client) throw new Error('nobody is connected');
    return client;
  }

  /** As a closed tab. */
  async disconnect(client: SyncClient): Promise<void> {
    this.open.delete(client);
    await client.shutdown();
  }

  /** The document that a guest was told to watch. */
  document(access: Access & { readonly document: string }): Promise<SyncDocument> {
    return this.connect(access).document({ id: access.document, mode: 'open_existing' });
  }

  /** The map that a host was told to watch. */
  map(access: Access & { readonly map: string }): Promise<SyncMap> {
    return this.connect(access).map({ id: access.map, mode: 'open_existing' });
  }

  async closeAll(): Promise<void> {
    await Promise.allSettled([...this.open].map((client) => this.disconnect(client)));
  }
}

/** The document's data once it matches, now or by an update. */
export function seen(
  document: SyncDocument,
  matches: (data: { state: string; room_id?: string }) => boolean,
): Promise<{ state: string; room_id?: string }> {
  type Data = { state: string; room_id?: string };
  return new Promise((resolve) => {
    const look = (): void => {
      const data = document.data as Data;
      if (matches(data)) resolve(data);
    };
    document.on('updated', look);
    look();
  });
}

/** The first event of that name. */
export function told<T>(source: SyncMap | SyncDocument, event: string): Promise<T> {
  const emitter = source as unknown as { on(event: string, listener: (argument: T) => void): void };
  return new Promise((resolve) => emitter.on(event, resolve));
}

/** Turns the event loop until `condition` holds. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 5));
}
