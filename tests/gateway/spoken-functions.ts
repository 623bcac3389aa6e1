/** Functions as a gateway knows them: what they are asked over HTTP, and mailboxes in the Sync emulator. No rules. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import twilio from 'twilio';
import { createSyncEmulator, type SyncEmulator } from '../../emulator/twilio-sync/server';
import { accessToken } from '../../src/adapters/twilio/access-token';

export const GATEWAY_SECRET = 'a-secret-of-gateways';

export interface Asked {
  readonly path: string;
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any;
  readonly headers: IncomingHttpHeaders;
  readonly at: number;
}

type Answering = (
  asked: Asked,
) => Promise<{ status?: number; json?: object }> | { status?: number; json?: object };

const hex = (bytes = 16): string => randomBytes(bytes).toString('hex');

export class SpokenFunctions {
  readonly asked: Asked[] = [];
  /** Path → what is answered there; `{}` unless set. */
  readonly answers = new Map<string, Answering>();
  leaseSeconds = 30;
  /** ms by which their clock is ahead of this machine's. */
  ahead = 0;
  renewSeconds = 10;
  private readonly lists = new Map<string, readonly string[]>();
  private readonly known = new Set<string>();

  private constructor(
    private readonly server: Server,
    readonly sync: SyncEmulator,
    private readonly syncOrigin: string,
    private readonly vendor: ReturnType<typeof twilio>,
    private readonly service: string,
    private readonly account: Parameters<typeof accessToken>[0],
  ) {}

  static async start(): Promise<SpokenFunctions> {
    const account = { accountSid: `AC${hex()}`, authToken: hex(), apiKey: `SK${hex()}`, apiSecret: hex() };
    const { accountSid, authToken, apiKey, apiSecret } = account;
    const sync = createSyncEmulator({
      credentials: { accountSid, authToken, apiKeys: { [apiKey]: apiSecret } },
      limits: 'off',
    });
    const { origin } = await sync.listen();
    const vendor = twilio(accountSid, authToken);
    vendor.sync.baseUrl = origin;
    const { sid } = await vendor.sync.v1.services.create({ aclEnabled: true });
    const server = createServer();
    const functions = new SpokenFunctions(server, sync, origin, vendor, sid, account);
    server.on('request', (req, res) => {
      const chunks: Buffer[] = [];
      req.on('data', (chunk: Buffer) => chunks.push(chunk));
      req.on('end', () => {
        const body: unknown = JSON.parse(Buffer.concat(chunks).toString() || '{}');
        const asked = { path: req.url ?? '', body, headers: req.headers, at: Date.now() };
        void functions.answer(asked).then(({ status = 200, json = {} }) => {
          res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
        });
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return functions;
  }

  get origin(): URL {
    return new URL(`http://127.0.0.1:${(this.server.address() as AddressInfo).port}`);
  }

  at(path: string): Asked[] {
    return this.asked.filter((asked) => asked.path === path);
  }

  /** Gateways in the order in which they came. */
  get gateways(): string[] {
    return [...this.lists.keys()];
  }

  /** Puts an item into a gateway's mailbox. */
  async post(item: object, { gateway = this.gateways.at(-1) ?? '', box = 0 } = {}): Promise<void> {
    const list = this.lists.get(gateway)?.[box] ?? '';
    await this.vendor.sync.v1.services(this.service).syncLists(list).syncListItems.create({ data: item });
  }

  /** Removes a gateway's mailboxes; its next lease names others. */
  async loseMailboxes(gateway = this.gateways.at(-1) ?? ''): Promise<void> {
    const lists = this.lists.get(gateway) ?? [];
    this.lists.delete(gateway);
    for (const list of lists) await this.vendor.sync.v1.services(this.service).syncLists(list).remove();
  }

  /** Nobody listens any more, as when a process has died. */
  async goAway(): Promise<() => Promise<void>> {
    const { port } = this.server.address() as AddressInfo;
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
    return async () => {
      this.server.listen(port, '127.0.0.1');
      await once(this.server, 'listening');
    };
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await Promise.all([this.sync.close(), new Promise((resolve) => this.server.close(resolve))]);
  }

  private async answer(asked: Asked): Promise<{ status?: number; json?: object }> {
    this.asked.push(asked);
    if (asked.path.startsWith('/gateway/') && asked.headers['x-foyer-gateway'] !== GATEWAY_SECRET)
      return { status: 403, json: { message: 'no gateway' } };
    const answering = this.answers.get(asked.path);
    if (answering) return answering(asked);
    return asked.path === '/gateway/lease' ? { json: await this.lease(asked.body.gateway as string) } : {};
  }

  async lease(gateway: string): Promise<object> {
    const service = this.vendor.sync.v1.services(this.service);
    const identity = `gateway.${gateway}`;
    let lists = this.lists.get(gateway);
    if (!lists) {
      const made = await Promise.all([0, 1, 2, 3].map(() => service.syncLists.create()));
      lists = made.map(({ sid }) => sid);
      const rights = { read: true, write: false, manage: false };
      for (const sid of lists) await service.syncLists(sid).syncListPermissions(identity).update(rights);
      this.lists.set(gateway, lists);
    }
    const hadLapsed = !this.known.has(gateway);
    this.known.add(gateway);
    const grants = { data_sync: { service_sid: this.service } };
    return {
      lists,
      identity,
      token: accessToken(this.account, { identity, ttl: 3600, grants }),
      connect_options: { twilsock: { uri: `${this.syncOrigin.replace('http', 'ws')}/v3/wsconnect` } },
      lease_seconds: this.leaseSeconds,
      renew_seconds: this.renewSeconds,
      now: Date.now() + this.ahead,
      had_lapsed: hadLapsed,
      look_now: false,
    };
  }

  /** Forgets a gateway's sockets, as after its lease has lapsed. */
  forget(gateway = this.gateways.at(-1) ?? ''): void {
    this.known.delete(gateway);
  }
}
