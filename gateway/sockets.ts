/** WebSockets through the front port: a path leads to the server that speaks there; everything else is refused. */
import { STATUS_CODES, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { proxyUpgrade } from 'httpxy';
import { pathOf } from './gate';
import { LIMITS } from './limits';

/** Path of a WebSocket → origin of the server on this machine that answers there. */
export type SocketPaths = Readonly<Record<string, string>>;

/**
 * Handles one upgrade request.
 * @param isKnown whether plain HTTP is answered at a path (426) or nothing is (404)
 */
export async function handleUpgrade(
  req: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  { paths, isKnown }: { paths: SocketPaths; isKnown: (path: string) => boolean },
): Promise<void> {
  socket.on('error', () => socket.destroy());
  const path = pathOf(req.url);
  const origin = Object.hasOwn(paths, path) ? paths[path] : undefined;
  if (origin === undefined) {
    const known = isKnown(path);
    return refuseUpgrade(
      socket,
      known ? 426 : 404,
      known ? 'Error: this address speaks plain HTTP' : 'Error: there is no WebSocket at this address',
    );
  }
  if (req.method !== 'GET' || req.headers.upgrade?.toLowerCase() !== 'websocket') {
    return refuseUpgrade(socket, 426, 'Error: this address speaks WebSocket', 'websocket');
  }
  try {
    const upstream = await proxyUpgrade(origin, req, socket, head, {
      xfwd: false,
      upgradeTimeout: LIMITS.headersMs,
    });
    // Either end that vanishes takes the other with it.
    upstream.on('error', () => socket.destroy());
    upstream.once('close', () => socket.destroy());
    socket.once('close', () => upstream.destroy());
  } catch {
    if (!socket.destroyed)
      refuseUpgrade(socket, 503, 'Error: the service is not available for the moment; try again');
  }
}

/** Answers on the raw socket, as Node has handed it over, and closes it. */
export function refuseUpgrade(socket: Duplex, status: number, message: string, upgrade?: string): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Error'}`,
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(message)}`,
    'Access-Control-Allow-Origin: *',
    ...(upgrade === undefined ? [] : [`Upgrade: ${upgrade}`]),
    'Connection: close',
  ];
  socket.end(`${lines.join('\r\n')}\r\n\r\n${message}`);
}
