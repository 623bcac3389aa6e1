/**
 * Where the functions are just now. The address changes at every rebuild and vanishes when the process
 * behind it dies; requests in flight keep the one they began with, new ones wait for the next.
 */
import { Agent } from 'node:http';

/** One process that serves the functions, on a port of this machine. */
export interface Target {
  readonly port: number;
  readonly agent: Agent;
  inFlight: number;
  idle: (() => void) | undefined;
}

export interface Upstream {
  /** Sends new requests to `port`; resolves when the former process has answered its last one. */
  use(port: number): Promise<void>;
  /** The process is gone (or `undefined`: whichever it was): requests wait for the next `use`. */
  lose(target?: Target): void;
  /** Waits up to `waitMs` for a process to talk to. Every target taken must be given back. */
  take(waitMs: number): Promise<Target | undefined>;
  giveBack(target: Target): void;
}

export function createUpstream(): Upstream {
  let current: Target | undefined;
  const waiting = new Set<(target: Target) => void>();

  const drain = (target: Target | undefined): Promise<void> => {
    if (!target || target.inFlight === 0) return Promise.resolve();
    return new Promise((resolve) => {
      target.idle = resolve;
    });
  };

  return {
    async use(port) {
      const former = current;
      // No limit on sockets: a limit would queue requests here, where nobody sees them wait.
      const next: Target = {
        port,
        agent: new Agent({ keepAlive: true, maxFreeSockets: 64 }),
        inFlight: 0,
        idle: undefined,
      };
      current = next;
      for (const resolve of waiting) resolve(next);
      waiting.clear();
      await drain(former);
      former?.agent.destroy();
    },
    lose(target = current) {
      if (target !== undefined && target === current) {
        current.agent.destroy();
        current = undefined;
      }
    },
    async take(waitMs) {
      const target = current ?? (await next(waiting, waitMs));
      if (target) target.inFlight += 1;
      return target;
    },
    giveBack(target) {
      target.inFlight -= 1;
      if (target.inFlight === 0) target.idle?.();
    },
  };
}

function next(waiting: Set<(target: Target) => void>, waitMs: number): Promise<Target | undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      waiting.delete(arrived);
      resolve(undefined);
    }, waitMs);
    const arrived = (target: Target): void => {
      clearTimeout(timer);
      resolve(target);
    };
    waiting.add(arrived);
  });
}
