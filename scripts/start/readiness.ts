/** Asks, through the front port as any client would, whether everything behind it answers. */
import { request, type IncomingMessage } from 'node:http';
import { randomBytes } from 'node:crypto';
import { ROUTES } from '../../src/api/routes';
import type { Build } from '../build/project';

/** Answers that only mean "not yet". */
const NOT_YET = new Set([502, 503, 504]);
const PROBE_MS = 10_000;

export interface FrontAddress {
  readonly host: string;
  readonly port: number;
}

/** @throws Error that names what does not answer */
export async function everythingAnswers(
  at: FrontAddress,
  build: Build,
  socketPaths: readonly string[],
): Promise<void> {
  const asset = build.assets[0];
  await Promise.all([
    functionAnswers(at, build),
    ...(asset === undefined ? [] : [assetAnswers(at, asset)]),
    ...socketPaths.map((path) => socketAnswers(at, path)),
    ...(build.functions.includes(LEASE) ? [gatewayIsReady(at)] : []),
  ]);
}

/** Without this function there are no sockets of people. */
const LEASE = 'gateway/lease';

async function gatewayIsReady(at: FrontAddress): Promise<void> {
  const deadline = Date.now() + PROBE_MS;
  for (;;) {
    const { statusCode } = await ask(at, { path: '/readyz' });
    if (statusCode === 200) return;
    if (Date.now() > deadline) throw new Error(`/readyz answers ${statusCode}`);
  }
}

/** Asks no vendor: one that is away is no reason for everything else not to start. */
const HEALTH = '/health';

/**
 * Any answer of a function will do, a refusal too: the request carries no body and no credentials. Where there is
 * none that says how the service is, webhooks are asked first, because without a signature they do nothing at all.
 */
async function functionAnswers(at: FrontAddress, build: Build): Promise<void> {
  const built = ROUTES.filter(({ path }) => build.functions.includes(path.slice(1)));
  const route =
    built.find(({ path }) => path === HEALTH) ??
    built.find(({ path }) => path.startsWith('/webhooks/')) ??
    built[0];
  if (!route) throw new Error('none of the routes has a function');
  const { statusCode = 0 } = await ask(at, { method: route.verbs[0] ?? 'POST', path: route.path });
  if (NOT_YET.has(statusCode) || statusCode === 404) throw new Error(`${route.path} answers ${statusCode}`);
}

async function assetAnswers(at: FrontAddress, path: string): Promise<void> {
  const { statusCode } = await ask(at, { method: 'HEAD', path });
  if (statusCode !== 200) throw new Error(`${path} answers ${statusCode}`);
}

async function socketAnswers(at: FrontAddress, path: string): Promise<void> {
  const { statusCode = 0 } = await ask(at, {
    path,
    headers: {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': randomBytes(16).toString('base64'),
    },
  });
  if (NOT_YET.has(statusCode)) throw new Error(`the socket ${path} answers ${statusCode}`);
}

function ask(
  at: FrontAddress,
  what: { method?: string; path: string; headers?: Record<string, string> },
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ ...at, ...what, agent: false, signal: AbortSignal.timeout(PROBE_MS) });
    outgoing.once('response', (response) => {
      response.resume();
      resolve(response);
    });
    outgoing.once('upgrade', (response, socket) => {
      socket.destroy();
      resolve(response);
    });
    outgoing.once('error', (error) => reject(new Error(`${what.path} does not answer: ${error.message}`)));
    outgoing.end();
  });
}
