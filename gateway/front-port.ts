/**
 * The front port: one HTTP server in front of the functions' runtime, its assets and the emulators' browser
 * sockets. It knows paths, verbs, sizes and shapes, and no business rule. What the local runtime gets wrong
 * about HTTP is put right here, so that no client sees its HTML, its stack traces or its silence.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { type Family, PAGE_PATHS, REST_PATHS, ROUTES, type Route } from '../src/api/routes';
import { answerPreflight, refuse } from './answers';
import { forward } from './forward';
import { type Addresses, decide, type Decision, pathOf } from './gate';
import { type ProxyTrust, trustProxies } from './client-address';
import { requestIdOf } from './headers';
import { answerHealth } from './health';
import { LIMITS } from './limits';
import type { LiveSockets } from './live/live-sockets';
import { type LivekitKey, SeenEvents } from './livekit-webhook';
import { pageInstead } from './not-found';
import { pageAddresses, restAddresses } from './rest-paths';
import { RequestPace, TOO_FAST } from './request-pace';
import { serveFunction, type ServeOptions } from './serve-function';
import { answerProbe, probedOrigin } from './socket-probe';
import { handleUpgrade, refuseUpgrade, type SocketPaths } from './sockets';
import type { RequestTargets } from './upstream';

export interface FrontPortOptions {
  readonly upstream: RequestTargets;
  /** Sent with every request to the functions, which so know that it came through here. */
  readonly secret: string;
  /** By it a gateway in front of this one is known. */
  readonly gatewaySecret?: string;
  /** Who may say whose request it is, beside what runs on this machine. */
  readonly isProxy?: ProxyTrust;
  /** Takes people's WebSockets, at `/`; without it there are none. */
  readonly live?: LiveSockets;
  /** Is there a public asset at this path just now? Nothing else beside the routes is passed on. */
  readonly isAsset: (path: string) => boolean;
  readonly routes?: readonly Route[];
  readonly sockets?: () => SocketPaths;
  /** What LiveKit signs its webhooks with; without it none is taken. */
  readonly livekitKey?: () => LivekitKey | undefined;
  /** Told what was hidden from a client: the runtime's own errors, stack trace included. */
  readonly report?: (line: string) => void;
  /** How long a function may take, in milliseconds; production's 10 s unless given. */
  readonly answerMs?: number;
  /** How long a request waits for functions that are being restarted, in milliseconds. */
  readonly restartMs?: number;
}

/** Where a front port came to listen. */
export interface Listening {
  readonly port: number;
  /** The address that the host's name stands for. */
  readonly address: string;
}

export interface FrontPort {
  /** @throws the server's own error, such as EADDRINUSE. */
  listen(port: number, host: string): Promise<Listening>;
  /** Takes no new requests, gives those in flight `graceMs`, then cuts every connection; people's sockets are told. */
  close(graceMs: number): Promise<void>;
}

export function createFrontPort(options: FrontPortOptions): FrontPort {
  const routes = new Map((options.routes ?? ROUTES).map((route) => [route.path, route]));
  const addresses: Addresses = {
    routes,
    restAt: restAddresses(REST_PATHS, routes),
    pageAt: pageAddresses(PAGE_PATHS),
    isAsset: options.isAsset,
  };
  const { secret, gatewaySecret, isProxy = trustProxies() } = options;
  const service: Service = {
    ...options,
    trust: { secret, gatewaySecret, isProxy },
    seenEvents: new SeenEvents(),
    pace: new RequestPace(isProxy),
  };
  const upgraded = new Set<Duplex>();

  const handle = (req: IncomingMessage, res: ServerResponse): void => {
    // Without a listener an 'error' of a client that vanished would end the process.
    req.on('error', () => res.destroy());
    res.on('error', () => res.destroy());
    serve(req, res, addresses, service).catch(() => res.destroy());
  };
  const server = createServer({
    maxHeaderSize: LIMITS.parserBytes,
    headersTimeout: LIMITS.headersMs,
    requestTimeout: LIMITS.requestMs,
    connectionsCheckingInterval: 1_000,
  });
  server.on('request', handle);
  // A client that asks first (`Expect: 100-continue`) is told to go on only once its body is wanted.
  server.on('checkContinue', handle);
  server.on('upgrade', (req: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (options.live && pathOf(req.url) === '/') return options.live.upgrade(req, socket, head);
    upgraded.add(socket);
    socket.once('close', () => upgraded.delete(socket));
    const isKnown = (path: string): boolean => addresses.routes.has(path) || addresses.isAsset(path);
    handleUpgrade(req, socket, head, { paths: options.sockets?.() ?? {}, isKnown });
  });
  server.on('clientError', refuseUnparsed);
  server.setTimeout(LIMITS.idleMs);

  return {
    listen: (port, host) => listen(server, port, host),
    async close(graceMs) {
      await Promise.all([
        options.live?.close(),
        new Promise<void>((resolve) => {
          const cut = setTimeout(() => server.closeAllConnections(), graceMs);
          server.close(() => {
            clearTimeout(cut);
            resolve();
          });
          for (const socket of upgraded) socket.destroy();
          server.closeIdleConnections();
        }),
      ]);
    },
  };
}

/** What a request is served with. */
type Service = ServeOptions & Pick<FrontPortOptions, 'sockets' | 'live'> & { readonly pace: RequestPace };

async function serve(
  req: IncomingMessage,
  res: ServerResponse,
  addresses: Addresses,
  options: Service,
): Promise<void> {
  if (answerHealth(req, res, options.live)) return;
  const requestId = requestIdOf(req.headers);
  const probed = probedOrigin(req, options.sockets?.() ?? {});
  if (probed !== undefined) return answerProbe(req, res, probed, requestId);
  const decision = decide(req, addresses);
  if (options.pace.isTooFast(req)) {
    return refuse(res, familyOf(decision), requestId, TOO_FAST);
  }
  switch (decision.to) {
    case 'nowhere': {
      const as = pageInstead(req, decision, addresses);
      if (as) return forward({ req, res, route: undefined, requestId, as }, undefined, options);
      return refuse(res, decision.family, requestId, decision.refusal);
    }
    case 'preflight':
      return answerPreflight(res, decision.verbs, requestId);
    case 'asset': {
      const exchange = { req, res, route: undefined, requestId };
      if (decision.path === pathOf(req.url)) return forward(exchange, undefined, options);
      const as = { method: req.method ?? 'GET', path: decision.path };
      return forward({ ...exchange, as }, undefined, options);
    }
    case 'function': {
      const { route, address } = decision;
      return serveFunction({ req, res, route, requestId }, address, options);
    }
  }
}

function familyOf(decision: Decision): Family | undefined {
  if (decision.to === 'nowhere') return decision.family;
  return decision.to === 'function' ? decision.route.family : undefined;
}

/** Bytes that are no HTTP, headers beyond what Node parses, or a client that is too slow to finish either. */
function refuseUnparsed(error: NodeJS.ErrnoException, socket: Duplex): void {
  const status =
    error.code === 'HPE_HEADER_OVERFLOW' ? 431 : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
  const message = {
    431: 'the headers are too large.',
    408: 'the request took too long.',
    400: 'this is no HTTP.',
  };
  if (error.code === 'ECONNRESET') socket.destroy();
  else refuseUpgrade(socket, status, message[status]);
}

function listen(server: Server, port: number, host: string): Promise<Listening> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      // Running out of file descriptors must not end the process: the connection is refused, that is all.
      server.on('error', () => undefined);
      resolve(server.address() as AddressInfo);
    });
  });
}
