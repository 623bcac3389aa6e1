/**
 * The gateway's side towards the functions: its lease and mailboxes, what it reports, and what it was asked to
 * look at later. It decides nothing: whatever is asked or told goes on to the functions.
 */
import type { Audience } from './audience';
import type { FunctionsClient } from './functions-client';
import { LeaseHolder } from './lease';
import type { Pace } from './limits';
import { Mailboxes } from './mailboxes';
import { TRY_LATER } from './refusal';
import { Reminders } from './reminders';
import { Reports } from './reports';
import type { Joined } from './room-talk';
import { callEventsIn, checksIn, mailboxItemIn } from './wire';

export interface DeskOptions {
  readonly gateway: string;
  readonly functions: FunctionsClient;
  readonly audience: Audience;
  readonly pace: Pace;
  readonly isNeeded: () => boolean;
  /** The functions may have forgotten who is here, or news was lost: everybody has to be announced anew. */
  readonly forgotten: () => void;
  readonly report: (line: string) => void;
}

interface Gone {
  readonly socket: string;
  readonly id: string;
}

export class Desk {
  readonly gone: Reports<Gone>;
  readonly leaves: Reports<Joined & { readonly socket: string }>;
  readonly #calls: Reports<string>;
  readonly #rooms: Reports<string>;
  readonly #theirNow = (): number => Date.now() - this.#lease.aheadMs;
  readonly #callReminders = new Reminders((callId) => this.#calls.add(callId), this.#theirNow);
  readonly #roomReminders = new Reminders((roomId) => this.#rooms.add(roomId), this.#theirNow);
  readonly #lease: LeaseHolder;
  readonly #mailboxes: Mailboxes;

  constructor(private readonly options: DeskOptions) {
    const { gateway, audience, forgotten } = options;
    this.gone = new Reports({
      ...options,
      path: '/gateway/disconnect',
      bodyOf: (sockets) => ({ gateway, sockets }),
      answered: ({ checks }) => this.remind(checks),
    });
    this.leaves = new Reports({
      ...options,
      path: '/gateway/room-leave',
      batch: 1,
      bodyOf: ([left]) => ({ gateway, ...left, dropped: true }),
      answered: ({ check_at }, [left]) => {
        if (left && typeof check_at === 'number') this.#roomReminders.add(left.roomId, check_at);
      },
    });
    this.#calls = new Reports({
      ...options,
      path: '/gateway/check',
      isUrgent: true,
      bodyOf: (callIds) => ({ gateway, callIds }),
      answered: ({ events, checks }) => {
        for (const event of callEventsIn(events)) audience.tellEnding(event);
        this.remind(checks);
      },
    });
    this.#rooms = new Reports({
      ...options,
      path: '/gateway/room-check',
      bodyOf: (roomIds) => ({ gateway, roomIds }),
    });
    this.#mailboxes = new Mailboxes({
      ...options,
      deliver: (data) => this.#take(data),
      renew: () => this.#lease.renew(),
      gap: forgotten,
    });
    this.#lease = new LeaseHolder({
      ...options,
      renewed: (lease) => {
        this.#mailboxes.follow(lease);
        if (lease.had_lapsed) forgotten();
        if (lease.look_now) this.#callReminders.lookNow();
        for (const roomId of audience.rooms.names()) this.#rooms.add(roomId);
      },
    });
  }

  /** Notes the moments at which calls are to be looked at, as an answer names them. */
  remind(checks: unknown): void {
    for (const { callId, at } of checksIn(checks)) this.#callReminders.add(callId, at);
  }

  isReady(): boolean {
    return this.#lease.isHeld() && this.#mailboxes.isOpen();
  }

  /** Resolves when news for whoever comes now cannot be missed. @throws Refused when that takes too long */
  async ready(): Promise<void> {
    const { connectMs, retryMs } = this.options.pace;
    const deadline = performance.now() + connectMs;
    while (!this.isReady()) {
      const leftMs = deadline - performance.now();
      if (leftMs <= 0) throw TRY_LATER;
      await Promise.race([this.#getReady(), sleep(leftMs)]);
      if (!this.isReady()) await sleep(Math.min(retryMs, leftMs));
    }
  }

  /** Renews the lease before its time. */
  renew(): void {
    void this.#lease.renew();
  }

  async #getReady(): Promise<void> {
    if (!this.#lease.isHeld() || !this.#mailboxes.isThere()) await this.#lease.renew();
    await this.#mailboxes.opened();
  }

  /** Resolves when all that was reported has been heard, or `withinMs` are over. */
  async flush(withinMs: number): Promise<void> {
    await Promise.all([this.gone, this.leaves].map((reports) => reports.flush(withinMs)));
  }

  close(): void {
    this.#lease.close();
    this.#mailboxes.close();
    this.#callReminders.close();
    this.#roomReminders.close();
    for (const reports of [this.gone, this.leaves, this.#calls, this.#rooms]) reports.close();
  }

  #take(data: unknown): void {
    const { delivery, check } = mailboxItemIn(data);
    if (delivery) this.options.audience.deliver(delivery);
    if (check) this.#callReminders.add(check.callId, check.at);
  }
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms).unref());
