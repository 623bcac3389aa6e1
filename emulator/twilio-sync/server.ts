/**
 * A local Twilio Sync: the REST API and the browsers' sockets on one port, for the vendor's own SDKs unchanged.
 *
 * Server side, `client.sync.baseUrl = origin`; browser side,
 * `new SyncClient(token, {twilsock: {uri: 'ws://<host>:<port>/v3/wsconnect'}})`.
 */
import { systemClock, type Clock } from '../twilio/clock';
import type { Credentials } from '../twilio/credentials';
import { createRestServer } from '../twilio/rest-server';
import { WebhookSender } from '../twilio/webhook';
import { Connections } from './connections';
import { routeRest } from './router';
import { SyncState } from './state';
import type { SyncStats, World } from './world';

export interface SyncEmulatorOptions {
  readonly credentials: Credentials;
  /** Real time unless given. */
  readonly clock?: Clock;
  /** `off` lifts rates and connection counts, for load tests; sizes and formats are checked all the same. */
  readonly limits?: 'enforced' | 'off';
  readonly log?: (line: string) => void;
}

export interface SyncEmulator {
  /** Port 0, the default, takes a free one; the host is 127.0.0.1 unless given. */
  listen(port?: number, host?: string): Promise<{ port: number; origin: string }>;
  close(): Promise<void>;
  /** Wipes all state but a fresh `default` service, and cuts all clients off. */
  reset(): void;
  /** Cuts all clients off; they may come back. */
  killConnections(): void;
  readonly stats: SyncStats;
}

export function createSyncEmulator(options: SyncEmulatorOptions): SyncEmulator {
  const { credentials, clock = systemClock, log = () => undefined } = options;
  const stats: SyncStats = { rest: {}, upstream: {}, notifications: 0 };
  const webhooks = new WebhookSender(credentials.authToken, log);
  const state = new SyncState(clock);
  const world: World = {
    clock,
    credentials,
    enforceRates: options.limits !== 'off',
    state,
    webhooks,
    stats,
    log,
  };
  const connections = new Connections(world);
  const reset = (): void => {
    state.reset();
    connections.reset();
    for (const counts of [stats.rest, stats.upstream])
      for (const name of Object.keys(counts)) delete counts[name];
    stats.notifications = 0;
  };
  const rest = createRestServer({ credentials, handle: (request) => routeRest(world, request), reset, log });
  connections.attach(rest.http);
  return {
    listen: (port, host) => rest.listen(port, host),
    close: async () => {
      connections.close();
      webhooks.close();
      state.clear();
      await rest.close();
    },
    reset,
    killConnections: () => connections.killAll(),
    stats,
  };
}
