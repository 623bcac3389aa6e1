/** What gateway and functions say to each other: JSON over HTTP, and items of the gateway's mailboxes in Sync. */

/** `POST /gateway/lease {gateway}`. */
export interface Lease {
  /** The mailboxes: SIDs of Sync lists. What concerns one call or one room always comes by the same one. */
  readonly lists: readonly string[];
  readonly token: string;
  readonly connect_options: Readonly<Record<string, unknown>>;
  readonly lease_seconds: number;
  readonly renew_seconds: number;
  /** The functions do not know of our sockets, or no longer. */
  readonly had_lapsed: boolean;
  /** Another gateway is gone: every call that waits to be looked at is to be looked at now. */
  readonly look_now: boolean;
}

/** A message for clients. An `id` is `<call>:<n>`, and n grows along the call. */
export type Message = Readonly<Record<string, unknown>> & { readonly id?: string };

/** "Look at this call at that time", in ms since the epoch. */
export interface Check {
  readonly callId: string;
  readonly at: number;
}

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
  const { lists, token, connect_options, lease_seconds, renew_seconds, had_lapsed, look_now } = answer;
  const isLease =
    Array.isArray(lists) &&
    lists.every(isText) &&
    isText(token) &&
    isObject(connect_options) &&
    typeof lease_seconds === 'number' &&
    typeof renew_seconds === 'number';
  if (!isLease) return undefined;
  const asked = { had_lapsed: had_lapsed === true, look_now: look_now === true };
  return { lists, token, connect_options, lease_seconds, renew_seconds, ...asked };
}

/** The messages in an answer, such as what a socket must be told at once. */
export const messagesIn = (value: unknown): readonly Message[] =>
  Array.isArray(value) ? value.filter(isObject) : [];

/** The reminders in an answer. */
export const checksIn = (value: unknown): readonly Check[] =>
  Array.isArray(value) ? value.filter(isCheck) : [];
