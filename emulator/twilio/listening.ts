/** How every emulator's HTTP server begins to listen, and ends. */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** @param port 0 takes a free one. @throws the system's error, such as EADDRINUSE. */
export function listenOn(
  http: Server,
  port = 0,
  host = '127.0.0.1',
): Promise<{ port: number; origin: string }> {
  return new Promise((resolve, reject) => {
    http.once('error', reject);
    http.listen(port, host, () => {
      http.off('error', reject);
      const bound = (http.address() as AddressInfo).port;
      resolve({ port: bound, origin: `http://${host.includes(':') ? `[${host}]` : host}:${bound}` });
    });
  });
}

/** Ends open connections too. */
export function closeServer(http: Server): Promise<void> {
  return new Promise((resolve) => {
    http.close(() => resolve());
    http.closeAllConnections();
  });
}
