/**
 * A proxy that answers for every host itself (CONNECT, RFC 9110 section 9.3.6): it ends TLS with certificates of an
 * authority that only those who are told trust. What goes through it never reaches the internet.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TlsProxy {
  /** For whoever is to go through it: `HTTP_PROXY`, and its authority. */
  readonly environment: { readonly HTTP_PROXY: string; readonly NODE_EXTRA_CA_CERTS: string };
  close(): void;
}

/** @param names of the hosts that are answered for, `*.` for all below one */
export async function startTlsProxy(
  names: readonly string[],
  answer: (host: string, request: IncomingMessage, response: ServerResponse) => void,
): Promise<TlsProxy> {
  const folder = mkdtempSync(join(tmpdir(), 'foyer-authority-'));
  const { key, cert } = certificate(folder, names);
  const listener: RequestListener = (request, response) =>
    answer(request.headers.host ?? '', request, response);
  const tls = createTlsServer({ key, cert }, listener);
  const sockets = new Set<Socket>();
  const proxy = createServer((_request, response) => response.writeHead(405).end());
  proxy.on('connect', (_request, socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    tls.emit('connection', socket);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  return {
    environment: {
      HTTP_PROXY: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
      NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      proxy.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Node cannot sign certificates itself. */
function certificate(folder: string, names: readonly string[]): { key: Buffer; cert: Buffer } {
  const openssl = (...args: readonly string[]): void =>
    void execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  writeFileSync(join(folder, 'names'), `subjectAltName=${names.map((name) => `DNS:${name}`).join(',')}\n`);
  openssl(
    'req',
    '-x509',
    ...ec,
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
    '-subj',
    '/CN=Rehearsal',
    '-days',
    '2',
  );
  openssl('req', ...ec, '-keyout', 'host.key', '-out', 'host.csr', '-subj', '/CN=host');
  const signing = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2', '-extfile', 'names'];
  openssl('x509', '-req', '-in', 'host.csr', '-out', 'host.pem', ...signing);
  return { key: readFileSync(join(folder, 'host.key')), cert: readFileSync(join(folder, 'host.pem')) };
}
