/** The gateway's mailboxes in Sync, as its lease names them, kept open over every loss of the connection. */
import type { SyncClient } from 'twilio-sync';
import type { Pace } from './limits';
import { Mailbox } from './mailbox';
import type { Lease } from './wire';

export interface MailboxesOptions {
  readonly pace: Pace;
  readonly deliver: (data: unknown) => void;
  /** Whether there is anybody to keep them open for. */
  readonly isNeeded: () => boolean;
  /** Gets a fresh lease, or fails to. */
  readonly renew: () => Promise<void>;
  /** Items may have been lost: they expire, and the mailboxes were out of reach for long. */
  readonly gap: () => void;
  readonly report: (line: string) => void;
}

export class Mailboxes {
  #client: SyncClient | undefined;
  #boxes: readonly Mailbox[] = [];
  #lease: Lease | undefined;
  #isOpen = false;
  #opening: Promise<void> | undefined;
  #wasOpen = false;
  #isFailing = false;
  /** Lost again before they were all open. */
  #isStale = false;
  #lostAt: number | undefined;
  #closed = false;

  constructor(private readonly options: MailboxesOptions) {}

  isOpen(): boolean {
    return this.#isOpen && this.#lostAt === undefined;
  }

  /** Whether they are open, or about to be: else another lease opens them. */
  isThere(): boolean {
    return this.#client !== undefined || this.#opening !== undefined;
  }

  /** Takes a lease, first or renewed. Does nothing else where the mailboxes are the same and open. */
  follow(lease: Lease): void {
    const isSame = this.#lease?.lists.join() === lease.lists.join();
    this.#lease = lease;
    if (this.#opening || (isSame && this.#client)) return;
    void this.#reopen();
  }

  /** Resolves when the mailboxes are open, or could not be opened now. */
  async opened(): Promise<void> {
    await this.#opening;
  }

  close(): void {
    this.#closed = true;
    this.#drop();
  }

  #reopen(): Promise<void> {
    this.#opening ??= this.#openUntilOpen().finally(() => {
      this.#opening = undefined;
    });
    return this.#opening;
  }

  async #openUntilOpen(): Promise<void> {
    const { pace, report, gap, renew, isNeeded } = this.options;
    for (let waitMs = pace.retryMs; !this.#closed; waitMs = Math.min(2 * waitMs, pace.slowestRetryMs)) {
      const lease = this.#lease;
      if (!lease) return;
      try {
        this.#drop();
        this.#isStale = false;
        await this.#open(lease);
        if (this.#isStale) throw new Error('one of them is gone');
        if (lease.lists.join() !== this.#lease?.lists.join()) continue;
        this.#isOpen = true;
        if (this.#isFailing) report('The gateway has its mailboxes again');
        this.#isFailing = false;
        if (this.#wasOpen) gap();
        this.#wasOpen = true;
        return;
      } catch (error) {
        if (this.#closed) return;
        if (!this.#isFailing) report(`The gateway cannot open its mailboxes: ${(error as Error).message}`);
        this.#isFailing = true;
        if (!isNeeded()) return this.#drop();
        await new Promise((resolve) => setTimeout(resolve, waitMs).unref());
        // Other mailboxes, or another token, may be ours by now.
        await renew();
      }
    }
  }

  async #open({ token, connect_options, lists }: Lease): Promise<void> {
    // Loaded when it is needed: a local run without a call does not wait for it.
    const { SyncClient } = await import('twilio-sync');
    // The SDK changes the options that it is given.
    const client = new SyncClient(token, { logLevel: 'silent', ...structuredClone(connect_options) });
    this.#client = client;
    this.#watch(client);
    const removed = (): void => {
      if (client === this.#client) this.#lose();
    };
    this.#boxes = lists.map((sid) => new Mailbox(sid, this.options.deliver, removed));
    await withinMs(Promise.all(this.#boxes.map((box) => box.open(client))), this.options.pace.connectMs);
  }

  /** They have expired, or may no longer be read: another lease knows others, or the way to these. */
  #lose(): void {
    if (this.#closed) return;
    this.#isStale = true;
    if (this.#opening) return;
    this.#drop();
    if (this.options.isNeeded()) void this.options.renew();
  }

  #watch(client: SyncClient): void {
    const isCurrent = (): boolean => client === this.#client && !this.#closed;
    client.on('connectionStateChanged', (state) => {
      if (!isCurrent()) return;
      if (state === 'connected') void this.#regained();
      else if (state === 'denied' || state === 'error') this.#lose();
      else this.#lostAt ??= Date.now();
    });
    const refresh = async (): Promise<void> => {
      await this.options.renew();
      if (isCurrent() && this.#lease) await client.updateToken(this.#lease.token).catch(() => undefined);
    };
    client.on('tokenAboutToExpire', () => void refresh());
    client.on('tokenExpired', () => void refresh());
  }

  async #regained(): Promise<void> {
    const lostAt = this.#lostAt;
    this.#lostAt = undefined;
    if (lostAt === undefined || !this.#isOpen) return;
    const wasLong = Date.now() - lostAt > this.options.pace.mailboxGapMs;
    try {
      await Promise.all(this.#boxes.map((box) => box.catchUp()));
    } catch {
      // Lost once more, or refused: either is told of by itself.
    }
    if (wasLong) this.options.gap();
  }

  #drop(): void {
    this.#isOpen = false;
    for (const box of this.#boxes) box.close();
    this.#boxes = [];
    const client = this.#client;
    this.#client = undefined;
    client?.removeAllListeners();
    client?.shutdown().catch(() => undefined);
  }
}

async function withinMs<T>(promise: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
