/** What the contracts of calls need to know of the adapters under them. */
import type { Channel } from '../../src/domain/presence';
import type { CallServices } from '../../src/ports/services';

/** As a gateway finds it in a mailbox. */
export interface MailboxItem {
  readonly to?: { readonly users: readonly string[] };
  readonly message?: { readonly id: string; readonly type: string; readonly call: object };
  readonly check?: { readonly callId: string; readonly at: number };
}

export interface CallsWorld {
  /** Fresh services, as each request has them. */
  services(): CallServices;
  now(): number;
  advance(ms: number): void;
  /** What lies in the mailboxes of this gateway, each in its order. */
  mailboxes(lists: readonly string[]): Promise<MailboxItem[]>;
  /** The items of a user's list. */
  list(channel: Channel): Promise<unknown[]>;
  /** What a user's document shows. */
  document(channel: Channel): Promise<unknown>;
  close(): Promise<void>;
}
