/** What gateways and functions say to each other about sockets and calls. */
import * as z from 'zod/mini';
import { type CallEvent, introduction, userId } from './calls';
import { text } from './parameters';

export const gateway = text(1, 64, "the gateway's id").check(
  z.regex(/^[\w-]+$/, { error: "must be the gateway's id (letters, digits, - and _)" }),
);
export const socket = text(1, 64, "the socket's id").check(
  z.regex(/^[\w-]+$/, { error: "must be the socket's id (letters, digits, - and _)" }),
);
const eventId = text(1, 100, 'the id of an event');

const atMost = (max: number, what: string) => ({ error: `must be a list of at most ${max} ${what}` });
export const MANY = 100;

export const GatewayLeaseRequest = z.object({ gateway });
export const GatewayConnectRequest = z.object({
  gateway,
  socket,
  ...introduction,
  last_event_id: z.optional(eventId),
});
export const GatewayDisconnectRequest = z.object({
  gateway,
  sockets: z
    .array(z.object({ socket, id: z.optional(userId) }), atMost(MANY, 'sockets'))
    .check(z.maxLength(MANY, atMost(MANY, 'sockets'))),
});
export const GatewayCheckRequest = z.object({
  gateway,
  callIds: z
    .array(text(1, 64, 'the id of a call'), atMost(MANY, 'ids of calls'))
    .check(z.maxLength(MANY, atMost(MANY, 'ids of calls'))),
});

/** "Look at this call at that time", in ms since the epoch. */
export interface Check {
  readonly callId: string;
  readonly at: number;
}

export interface GatewayLeaseResponse {
  readonly lists: readonly string[];
  readonly identity: string;
  readonly token: string;
  readonly connect_options: Readonly<Record<string, unknown>>;
  readonly lease_seconds: number;
  readonly renew_seconds: number;
  /** Our clock, in ms since the epoch: by it is said when something is to be looked at. */
  readonly now: number;
  /** The sockets have to be connected anew. */
  readonly had_lapsed: boolean;
  /** Another gateway is gone: look at all calls that wait to be looked at, now. */
  readonly look_now: boolean;
}

export interface GatewayConnectResponse {
  readonly events: readonly CallEvent[];
  readonly checks: readonly Check[];
}

export interface GatewayChecksResponse {
  /** How calls that are over have ended, for sockets that have heard of the call, and not yet of its end. */
  readonly events: readonly CallEvent[];
  readonly checks: readonly Check[];
}
