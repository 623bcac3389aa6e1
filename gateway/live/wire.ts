/** What gateway and functions say to each other: JSON over HTTP, and items of the gateway's mailboxes in Sync. */

/** `POST /gateway/lease {gateway}`. */
export interface Lease {
  /** The mailboxes: SIDs of Sync lists. What concerns one call or one room always comes by the same one. */
  readonly lists: readonly string[];
  readonly token: string;
  readonly connect_options: Readonly<Record<string, unknown>>;
  readonly lease_seconds: number;
  readonly renew_seconds: number;
}

/** A message for clients. An `id` is `<call>:<n>`, and n grows along the call. */
export type Message = Readonly<Record<string, unknown>> & { readonly id?: string };

/** "Look at this call at that time", in ms since the epoch. */
export interface Check {
  readonly callId: string;
  readonly at: number;
}

export type MailboxItem =
  | { readonly to: { readonly users: readonly string[] }; readonly message: Message }
  | { readonly to: { readonly room: string }; readonly message: Message }
  | { readonly check: Check };

const isText = (value: unknown): value is string => typeof value === 'string';
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isCheck = (value: unknown): value is Check =>
  isObject(value) && isText(value['callId']) && Number.isFinite(value['at']);

/** @returns undefined for what is none: items come from a store that outlives versions. */
export function mailboxItemIn(data: unknown): MailboxItem | undefined {
  if (!isObject(data)) return undefined;
  const { to, message, check } = data;
  if (isCheck(check)) return { check };
  if (!isObject(to) || !isObject(message)) return undefined;
  if (Array.isArray(to['users'])) return { to: { users: to['users'].filter(isText) }, message };
  return isText(to['room']) ? { to: { room: to['room'] }, message } : undefined;
}

/** @returns undefined when the functions speak of something else. */
export function leaseIn(answer: Readonly<Record<string, unknown>>): Lease | undefined {
  const { lists, token, connect_options, lease_seconds, renew_seconds } = answer;
  const isLease =
    Array.isArray(lists) &&
    lists.every(isText) &&
    isText(token) &&
    isObject(connect_options) &&
    typeof lease_seconds === 'number' &&
    typeof renew_seconds === 'number';
  return isLease ? { lists, token, connect_options, lease_seconds, renew_seconds } : undefined;
}

/** The messages in an answer, such as what a socket must be told at once. */
export const messagesIn = (value: unknown): readonly Message[] =>
  Array.isArray(value) ? value.filter(isObject) : [];

export { isObject };
