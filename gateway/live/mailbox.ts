/**
 * One mailbox of the gateway, a Sync list: hands on every item once and in order, whatever became of the
 * connection meanwhile.
 */
import type { SyncClient, SyncList } from 'twilio-sync';

interface Item {
  readonly index: number;
  readonly data: unknown;
}

const PAGE = 100;

export class Mailbox {
  #list: SyncList | undefined;
  /** Index of the latest item that was handed on; indexes grow by one, and a removed item leaves a hole. */
  #last = -1;
  readonly #early = new Map<number, unknown>();
  #reading: Promise<void> | undefined;
  #closed = false;

  constructor(
    private readonly sid: string,
    private readonly deliver: (data: unknown) => void,
    /** The list is no more: another lease knows another one. */
    private readonly removed: () => void,
  ) {}

  /** Resolves when everything that came so far is handed on, and what comes will be. @throws the SDK's errors */
  async open(client: SyncClient): Promise<void> {
    const list = await client.list({ id: this.sid, mode: 'open_existing' });
    if (this.#closed) return list.close();
    this.#list = list;
    list.on('itemAdded', ({ item }: { item: Item }) => this.#arrive(item));
    list.on('removed', () => !this.#closed && this.removed());
    await this.catchUp();
  }

  /** Reads what came since the latest item, say while the connection was lost. @throws the SDK's errors */
  catchUp(): Promise<void> {
    this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  close(): void {
    this.#closed = true;
    this.#list?.removeAllListeners();
    this.#list?.close();
  }

  #arrive({ index, data }: Item): void {
    if (this.#closed || index <= this.#last) return;
    this.#early.set(index, data);
    if (!this.#reading) this.#handOn();
    // A hole: either an item that has expired, or one that was lost. The list knows.
    if (this.#early.size > 0) this.catchUp().catch(() => undefined);
  }

  async #read(): Promise<void> {
    const list = this.#list;
    if (!list) return;
    do {
      let end = Math.max(this.#last, ...this.#early.keys());
      let page = await list.getItems({ from: this.#last + 1, pageSize: PAGE, order: 'asc' });
      for (;;) {
        for (const { index, data } of page.items as Item[]) {
          if (index > this.#last) this.#early.set(index, data);
          end = Math.max(end, index);
        }
        if (!page.hasNextPage) break;
        page = await page.nextPage();
      }
      // Up to the last one that was known, or is now, every hole is real.
      const known = [...this.#early.keys()].filter((index) => index <= end);
      for (const index of known.toSorted((a, b) => a - b)) this.#hand(index);
      this.#handOn();
    } while (this.#early.size > 0 && !this.#closed);
  }

  /** What follows without a hole. */
  #handOn(): void {
    while (this.#early.has(this.#last + 1)) this.#hand(this.#last + 1);
  }

  #hand(index: number): void {
    const data = this.#early.get(index);
    this.#early.delete(index);
    this.#last = Math.max(this.#last, index);
    if (!this.#closed) this.deliver(data);
  }
}
