/** People's devices, in front of Foyer as it runs: the unmodified `twilio-sync`, or a WebSocket. */
import type { SyncClient, SyncDocument, SyncList } from 'twilio-sync';
import { WebSocket } from 'ws';
import type { CallEvent, CallResponse, ConnectUserResponse, UserEntry } from '../../src/api/calls';
import type { Runtime } from './runtime';
import { type SyncClients, until } from './sync-clients';

type Headers = Readonly<Record<string, string>>;

export const person = (id: string): UserEntry => ({
  id,
  name: id[0]?.toUpperCase() + id.slice(1),
  location: 'Nairobi - Kenya',
});

/** A device that keeps what it was told, as it should: nothing twice, and of one call nothing that is old. */
export abstract class Phone {
  /** Everything that came, in the order in which it came. */
  readonly heard: CallEvent[] = [];

  constructor(readonly user: UserEntry) {}

  /** What is left when a client drops what it has had, and what is older. */
  get told(): CallEvent[] {
    const latest = new Map<string, number>();
    return this.heard.filter(({ id, call }) => {
      const step = Number(id.slice(id.lastIndexOf(':') + 1));
      if (step <= (latest.get(call.id) ?? 0)) return false;
      latest.set(call.id, step);
      return true;
    });
  }

  /** Types of what it was told of this call. */
  types({ id }: Pick<CallResponse, 'id'>): string[] {
    return this.told.filter(({ call }) => call.id === id).map(({ type }) => type);
  }

  /** Resolves with the call as it was told with the first event of that type. */
  async hears(type: CallEvent['type'], callId?: string): Promise<CallResponse> {
    const isIt = (event: CallEvent): boolean =>
      event.type === type && (callId === undefined || event.call.id === callId);
    await until(() => this.told.some(isIt));
    return (this.told.find(isIt) as CallEvent).call;
  }

  /** As a closed tab, or a lost network. */
  abstract vanish(): Promise<void>;
}

export class SyncPhone extends Phone {
  private constructor(
    user: UserEntry,
    readonly access: ConnectUserResponse,
    readonly client: SyncClient,
    readonly list: SyncList,
    readonly document: SyncDocument,
    private readonly clients: SyncClients,
  ) {
    super(user);
  }

  /** Online by `/users/connect` alone. */
  static async connect(
    foyer: Runtime,
    clients: SyncClients,
    user: UserEntry,
    { headers = {}, identity }: { readonly headers?: Headers; readonly identity?: string } = {},
  ): Promise<SyncPhone> {
    const again = identity === undefined ? {} : { identity };
    const access: ConnectUserResponse = await foyer.ok('/users/connect', { ...user, ...again }, { headers });
    const client = clients.connect(access);
    const [list, document] = await Promise.all([
      client.list({ id: access.list, mode: 'open_existing' }),
      client.document({ id: access.document, mode: 'open_existing' }),
    ]);
    const phone = new SyncPhone(user, access, client, list, document, clients);
    list.on('itemAdded', ({ item }) => phone.heard.push(item.data as CallEvent));
    return phone;
  }

  /** The call as the document shows it; undefined before the first one. */
  get shown(): (CallResponse & { readonly eventId: string }) | undefined {
    const data = this.document.data as CallResponse & { readonly eventId: string };
    return 'id' in data ? data : undefined;
  }

  async vanish(): Promise<void> {
    await this.clients.disconnect(this.client);
  }
}

export class SocketPhone extends Phone {
  private constructor(
    user: UserEntry,
    private readonly socket: WebSocket,
  ) {
    super(user);
    socket.on('message', (data: Buffer) => this.heard.push(JSON.parse(data.toString()) as CallEvent));
  }

  /**
   * Online by the seed's WebSocket.
   * @param origin of a front port or another gateway
   * @param more goes into the query
   */
  static async connect(
    origin: string,
    user: UserEntry,
    headers: Headers = {},
    more = '',
  ): Promise<SocketPhone> {
    const query = `${new URLSearchParams({ ...user }).toString()}&${more}`;
    const socket = new WebSocket(`${origin.replace('http', 'ws')}/?${query}`, { headers });
    const phone = new SocketPhone(user, socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    return phone;
  }

  vanish(): Promise<void> {
    this.socket.terminate();
    return Promise.resolve();
  }
}
