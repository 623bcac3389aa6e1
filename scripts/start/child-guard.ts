/**
 * Preloaded into the twilio-run process, which itself is unmodified. It keeps the runtime off the network,
 * tells the parent its port, and never lets it outlive the parent, however that one ended.
 */
import { Server as HttpServer } from 'node:http';
import { Server, type AddressInfo } from 'node:net';

/** What the guard tells the parent once the runtime takes requests. */
export interface Listening {
  readonly listening: number;
}

// The channel breaks when the parent ends, even by SIGKILL.
process.on('disconnect', () => process.exit(0));
// Ctrl-C reaches the whole process group; the parent lets requests finish first, then breaks the channel.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

// `process.send` is taken now: twilio-run replaces parts of `process`.
const tell = process.send?.bind(process);
const listen = Reflect.get(Server.prototype, 'listen') as (...args: unknown[]) => Server;

// twilio-run listens on every interface; the functions are only for the front port on this machine.
Server.prototype.listen = function onLoopback(this: Server, port: unknown, ...rest: unknown[]): Server {
  if (typeof port !== 'number') return listen.call(this, port, ...rest);
  // Above the front port's patience, so that a kept-alive connection is never closed under a request.
  if (this instanceof HttpServer) this.keepAliveTimeout = 600_000;
  this.once('listening', () =>
    tell?.({ listening: (this.address() as AddressInfo).port } satisfies Listening),
  );
  return listen.call(this, { port, host: '127.0.0.1' }, ...rest);
} as typeof Server.prototype.listen;
