/**
 * Where the functions are just now. On this machine the address changes at every rebuild and vanishes when the
 * process behind it dies; requests in flight keep the one they began with, new ones wait for the next.
 */
import { Agent, type ClientRequest, request as requestPlain, type RequestOptions } from 'node:http';
import { Agent as SecureAgent, request as requestSecure } from 'node:https';

/** What serves the functions: a process on a port of this machine, or a service elsewhere. */
export interface Target {
  readonly origin: URL;
  /** Elsewhere the service is found by its name, here requests keep the name that the client used. */
  readonly isElsewhere: boolean;
  readonly agent: Agent;
  inFlight: number;
  idle: (() => void) | undefined;
}

/** Begins a request to a target. */
export function requestTo({ origin, agent }: Target, options: RequestOptions): ClientRequest {
  const { protocol, hostname, port } = origin;
  const send = protocol === 'https:' ? requestSecure : requestPlain;
  // Node wants an IPv6 address without its brackets.
  return send({ ...options, host: hostname.replace(/^\[|\]$/g, ''), port, agent });
}

export interface RequestTargets {
  /** Nobody listens there (or, `undefined`, wherever it was): requests wait. */
  lose(target?: Target): void;
  /** Waits up to `waitMs` for somebody to talk to. Every target taken must be given back. */
  take(waitMs: number): Promise<Target | undefined>;
  giveBack(target: Target): void;
}

/** Functions on this machine. */
export interface Upstream extends RequestTargets {
  /** Sends new requests to `port`; resolves when the former process has answered its last one. */
  use(port: number): Promise<void>;
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
      const next = targetAt(new URL(`http://127.0.0.1:${port}`), false);
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

function targetAt(origin: URL, isElsewhere: boolean): Target {
  // No limit on sockets: a limit would queue requests here, where nobody sees them wait.
  const options = { keepAlive: true, maxFreeSockets: 64 };
  const agent = origin.protocol === 'https:' ? new SecureAgent(options) : new Agent(options);
  return { origin, isElsewhere, agent, inFlight: 0, idle: undefined };
}

/** Between two attempts to reach a service that takes no connections. */
const KNOCK_MS = 250;

/** Functions that run elsewhere, always at the same address. */
export function fixedUpstream(origin: URL): RequestTargets {
  const target = targetAt(origin, true);
  let knockAt = 0;
  return {
    lose() {
      knockAt = Date.now() + KNOCK_MS;
    },
    async take(waitMs) {
      const left = knockAt - Date.now();
      if (left > waitMs) return undefined;
      if (left > 0) await new Promise((resolve) => setTimeout(resolve, left));
      target.inFlight += 1;
      return target;
    },
    giveBack() {
      target.inFlight -= 1;
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
