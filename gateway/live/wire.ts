/** What gateway and functions say to each other: JSON over HTTP, and items of the gateway's mailboxes in Sync. */

import type { CallEvent } from '../../src/api/calls';
import type { Check, GatewayLeaseResponse } from '../../src/api/gateway';

/** Functions of before do not say what time it is. */
export type Lease = Omit<GatewayLeaseResponse, 'identity' | 'now'> & { readonly now: number | undefined };

/** A message for clients. An `id` is `<call>:<n>`, and n grows along the call. */
export type Message = Readonly<Record<string, unknown>> & { readonly id?: string };

export interface Delivery {
  readonly to: { readonly users: readonly string[] } | { readonly room: string };
  readonly message: Message;
}

/** Either part may be missing. */
export interface MailboxItem {
  readonly delivery?: Delivery | undefined;
  readonly check?: Check | undefined;
}

const isText = (value: unknown): value is string => typeof value === 'string';
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isCheck = (value: unknown): value is Check =>
  isObject(value) && isText(value['callId']) && Number.isFinite(value['at']);

/** Items come from a store that outlives versions: what is unknown is left out. */
export function mailboxItemIn(data: unknown): MailboxItem {
  const { to, message, check } = isObject(data) ? data : {};
  return { delivery: deliveryIn(to, message), check: isCheck(check) ? check : undefined };
}

function deliveryIn(to: unknown, message: unknown): Delivery | undefined {
  if (!isObject(to) || !isObject(message)) return undefined;
  if (Array.isArray(to['users'])) return { to: { users: to['users'].filter(isText) }, message };
  return isText(to['room']) ? { to: { room: to['room'] }, message } : undefined;
}

/** @returns undefined when the functions speak of something else. */
export function leaseIn(answer: Readonly<Record<string, unknown>>): Lease | undefined {
  const { lists, token, connect_options, lease_seconds, renew_seconds, now, had_lapsed, look_now } = answer;
  // What only asks for something may be missing.
  const isLease =
    Array.isArray(lists) &&
    lists.every(isText) &&
    isText(token) &&
    isObject(connect_options) &&
    typeof lease_seconds === 'number' &&
    typeof renew_seconds === 'number';
  if (!isLease) return undefined;
  const asked = { had_lapsed: had_lapsed === true, look_now: look_now === true };
  const time = { now: typeof now === 'number' ? now : undefined };
  return { lists, token, connect_options, lease_seconds, renew_seconds, ...time, ...asked };
}

/** The messages in an answer, such as what a socket must be told at once. */
export const messagesIn = (value: unknown): readonly Message[] =>
  Array.isArray(value) ? value.filter(isObject) : [];

/** The reminders in an answer. */
export const checksIn = (value: unknown): readonly Check[] =>
  Array.isArray(value) ? value.filter(isCheck) : [];

const isUser = (value: unknown): boolean => isObject(value) && isText(value['id']);

/** The events of calls in an answer. */
export const callEventsIn = (value: unknown): readonly CallEvent[] =>
  messagesIn(value).filter(
    ({ id, call }) => isText(id) && isObject(call) && isUser(call['caller']) && isUser(call['receiver']),
  ) as readonly object[] as readonly CallEvent[];
