/** A Sync emulator on a free port, with the vendor's own server and browser SDKs pointed at it. */
import twilio from 'twilio';
import { SyncClient } from 'twilio-sync';
import type { Clock } from '../../emulator/twilio/clock';
import { createSyncEmulator, type SyncEmulator } from '../../emulator/twilio-sync/server';

export const CREDENTIALS = {
  accountSid: `AC${'1'.repeat(32)}`,
  authToken: 'local-auth-token',
  apiKeys: { [`SK${'2'.repeat(32)}`]: 'local-api-secret' },
};
export const [API_KEY, API_SECRET] = Object.entries(CREDENTIALS.apiKeys)[0] as [string, string];

export type Rest = ReturnType<typeof restClient>;
type Closing = () => void | Promise<void>;

/** Not part of the SDK's types, though its loggers and tests use it. */
interface Emitter {
  on(event: string, listener: (argument: never) => void): unknown;
  off?(event: string, listener: (argument: never) => void): unknown;
}

export interface SyncWorld {
  readonly emulator: SyncEmulator;
  readonly origin: string;
  readonly socketUrl: string;
  /** The whole server SDK. */
  readonly rest: Rest;
  /** A service of its own, with what the test wants switched on. */
  service(settings?: Parameters<Rest['services']['create']>[0]): Promise<ReturnType<Rest['services']>>;
  /** A browser SDK with a fresh token; shut down at the end. */
  client(identity: string, serviceSid?: string, ttl?: number): SyncClient;
  close(): Promise<void>;
}

function restClient(origin: string) {
  const client = twilio(CREDENTIALS.accountSid, CREDENTIALS.authToken);
  client.sync.baseUrl = origin;
  return client.sync.v1;
}

/** @param ttl seconds */
export function mintToken(identity: string | undefined, serviceSid?: string, ttl = 3600): string {
  const { AccessToken } = twilio.jwt;
  const options = { ttl, ...(identity !== undefined && { identity }) };
  const token = new AccessToken(CREDENTIALS.accountSid, API_KEY, API_SECRET, options as { identity: string });
  token.addGrant(new AccessToken.SyncGrant(serviceSid === undefined ? {} : { serviceSid }));
  return token.toJwt();
}

/** The browser SDK's timers outlive its shutdown; none of them may keep the test process alive, or wake later. */
function tameTimers(): void {
  const { setTimeout: original } = globalThis;
  const pending = new Set<WeakRef<NodeJS.Timeout>>();
  const tamed = (...args: Parameters<typeof original>): NodeJS.Timeout => {
    const timer = original(...args).unref();
    pending.add(new WeakRef(timer));
    return timer;
  };
  globalThis.setTimeout = Object.assign<typeof tamed, typeof original>(tamed, original);
  afterAll(() => {
    for (const timer of pending) clearTimeout(timer.deref());
  });
}
tameTimers();

export async function startSync(
  options: { clock?: Clock; limits?: 'enforced' | 'off'; log?: (line: string) => void } = {},
): Promise<SyncWorld> {
  const emulator = createSyncEmulator({ credentials: CREDENTIALS, ...options });
  const { origin } = await emulator.listen();
  const socketUrl = `${origin.replace('http', 'ws')}/v3/wsconnect`;
  const rest = restClient(origin);
  const closing: Closing[] = [() => emulator.close()];
  return {
    emulator,
    origin,
    socketUrl,
    rest,
    service: async (settings = {}) => rest.services((await rest.services.create(settings)).sid),
    client: (identity, serviceSid, ttl) => {
      // The SDK writes into its options, so they cannot be shared.
      const options = { twilsock: { uri: socketUrl } };
      const client = new SyncClient(mintToken(identity, serviceSid, ttl), options);
      closing.unshift(() => client.shutdown());
      return client;
    },
    close: async () => {
      await Promise.allSettled(closing.slice(0, -1).map(async (end) => end()));
      await closing.at(-1)?.();
    },
  };
}

/** The first `event` for which `matches` holds. */
export function next<T = unknown>(
  source: unknown,
  event: string,
  matches: (argument: T) => boolean = () => true,
): Promise<T> {
  const emitter = source as Emitter;
  return new Promise((resolve) => {
    const listener = (argument: T): void => {
      if (!matches(argument)) return;
      emitter.off?.(event, listener);
      resolve(argument);
    };
    emitter.on(event, listener);
  });
}

/** Settles once the object's subscription stands: changes from then on are heard live. */
export async function subscribed<T>(entity: T): Promise<T> {
  const inner = Object.values(entity as object).find(
    (value): value is { subscriptionState: string } =>
      typeof value === 'object' && value !== null && 'subscriptionState' in value,
  );
  if (!inner) throw new Error('the SDK keeps its subscription state elsewhere now');
  if (inner.subscriptionState === 'established') return entity;
  await next<string>(entity, '_subscriptionStateChanged', (state) => state === 'established');
  return entity;
}

/** A raw REST call with the account's credentials. */
export async function raw(
  world: SyncWorld,
  method: string,
  path: string,
  form: Record<string, string> = {},
  headers: Record<string, string> = {},
): Promise<{ status: number; body: Record<string, unknown>; headers: Headers }> {
  const authorization = `Basic ${Buffer.from(`${CREDENTIALS.accountSid}:${CREDENTIALS.authToken}`).toString('base64')}`;
  const response = await fetch(`${world.origin}${path}`, {
    method,
    headers: { authorization, ...headers },
    ...(method === 'GET' ? {} : { body: new URLSearchParams(form) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? {} : JSON.parse(text), headers: response.headers };
}
