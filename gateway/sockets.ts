/** WebSockets through the front port: a path leads to the server that speaks there; everything else is refused. */
import { request, STATUS_CODES, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { pathOf } from './gate';
import { LIMITS } from './limits';

/** Path of a WebSocket → origin of the server on this machine that answers there. */
export type SocketPaths = Readonly<Record<string, string>>;

/**
 * Handles one upgrade request.
 * @param isKnown whether plain HTTP is answered at a path (426) or nothing is (404)
 */
export function handleUpgrade(
  req: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  { paths, isKnown }: { paths: SocketPaths; isKnown: (path: string) => boolean },
): void {
  // A client that vanishes is no reason to end the process.
  socket.on('error', () => socket.destroy());
  const path = pathOf(req.url);
  const origin = Object.hasOwn(paths, path) ? paths[path] : undefined;
  if (origin === undefined) {
    if (isKnown(path)) refuseUpgrade(socket, 426, 'this address speaks plain HTTP.');
    else refuseUpgrade(socket, 404, 'there is no WebSocket at this address.');
  } else if (req.method !== 'GET' || req.headers.upgrade?.toLowerCase() !== 'websocket') {
    refuseUpgrade(socket, 426, 'this address speaks WebSocket.', { upgrade: 'websocket' });
  } else {
    connect(origin, req, socket, head);
  }
}

/**
 * Passes the handshake on and, once the server has agreed to it, every byte in both directions. Until then
 * nothing that the client sends is passed on: on a connection that stayed HTTP it would be a second request,
 * one that nobody has looked at.
 */
function connect(origin: string, req: IncomingMessage, socket: Duplex, head: Buffer): void {
  const handshake = request(origin, {
    path: req.url,
    headers: req.headers,
    agent: false,
    timeout: LIMITS.headersMs,
  });
  const unavailable = (): void => {
    handshake.destroy();
    refuseUpgrade(socket, 503, 'the service is not available for the moment; try again.');
  };
  const abandoned = (): void => void handshake.destroy();
  socket.once('close', abandoned);
  handshake.once('timeout', unavailable);
  handshake.once('error', unavailable);
  handshake.once('response', (response) => {
    response.resume();
    handshake.destroy();
    refuseUpgrade(socket, response.statusCode ?? 502, 'the WebSocket was refused.');
  });
  handshake.once('upgrade', (response, upstream, firstBytes) => {
    socket.off('close', abandoned);
    handshake.off('timeout', unavailable);
    socket.write(headOf(response));
    if (firstBytes.length > 0) socket.write(firstBytes);
    if (head.length > 0) upstream.write(head);
    join(socket as Socket, upstream);
  });
  handshake.end();
}

/** Either end that vanishes takes the other with it. */
function join(client: Socket, upstream: Socket): void {
  for (const [one, other] of [
    [client, upstream],
    [upstream, client],
  ] as const) {
    one.setTimeout(0);
    one.setNoDelay(true);
    one.on('error', () => other.destroy());
    one.once('close', () => other.destroySoon());
    one.pipe(other);
  }
}

function headOf({ statusCode, statusMessage, rawHeaders }: IncomingMessage): string {
  const lines = [`HTTP/1.1 ${statusCode} ${statusMessage}`];
  for (let i = 0; i < rawHeaders.length; i += 2) lines.push(`${rawHeaders[i]}: ${rawHeaders[i + 1]}`);
  return `${lines.join('\r\n')}\r\n\r\n`;
}

/** What a refusal says beside its status; plain text that begins with `Error:` unless given. */
export interface UpgradeRefusal {
  readonly body?: { readonly contentType: string; readonly text: string };
  /** The protocol that is spoken here. */
  readonly upgrade?: string | undefined;
}

/** Answers on the raw socket, as Node has handed it over, and closes it. */
export function refuseUpgrade(
  socket: Duplex,
  status: number,
  message: string,
  { body, upgrade }: UpgradeRefusal = {},
): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const { contentType, text } = body ?? {
    contentType: 'text/plain; charset=utf-8',
    text: `Error: ${message}`,
  };
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Error'}`,
    `Content-Type: ${contentType}`,
    `Content-Length: ${Buffer.byteLength(text)}`,
    'Access-Control-Allow-Origin: *',
    ...(upgrade === undefined ? [] : [`Upgrade: ${upgrade}`]),
    'Connection: close',
  ];
  socket.end(`${lines.join('\r\n')}\r\n\r\n${text}`);
}
