/** Mailboxes, lists and documents in this process: what the port promises, without a vendor. For tests of use cases. */
import { randomUUID } from 'node:crypto';
import type { CallMessage } from '../../domain/call';
import { type Channel, gatewaysOf, type Presence } from '../../domain/presence';
import { type ShownCall, shownCall, staysShown } from '../../domain/shown-call';
import type { CallEvents, ChannelPass, Reminder } from '../../ports/call-events';
import type { Clock } from '../../ports/clock';
import type { MemoryGateways } from './gateways';

/** An item of a gateway's mailbox. */
export interface Letter {
  readonly to?: readonly string[];
  readonly message?: CallMessage;
  readonly check?: { readonly callId: string; readonly at: number };
}

const HOUR_MS = 3_600_000;
const TOKEN_MS = 12 * HOUR_MS;
const CHANNEL_MS = 48 * HOUR_MS;
/** Longer than any call rings. */
const ITEM_MS = 15 * 60_000;

/** A list and its document. */
interface Watched {
  readonly channel: Channel;
  items: { readonly message: CallMessage; readonly until: number }[];
  shown: Partial<ShownCall>;
  /** ms since epoch; gone then. */
  until: number;
}

export class MemoryCallEvents implements CallEvents {
  private readonly mailboxes = new Map<string, Letter[]>();
  private readonly watched: Watched[] = [];

  constructor(
    private readonly clock: Clock,
    private readonly gateways: MemoryGateways,
  ) {}

  async deliver(to: readonly Presence[], message: CallMessage, reminder?: Reminder): Promise<void> {
    const told = this.liveGateways(to);
    const letters = this.liveGateways([...to, ...(reminder?.of ?? [])]).map(async (gateway) => {
      const users = to
        .filter((presence) => gatewaysOf(presence).includes(gateway))
        .map(({ user }) => user.id);
      await this.post(gateway, {
        ...(told.includes(gateway) ? { to: users, message } : {}),
        ...(reminder ? { check: { callId: reminder.callId, at: reminder.at } } : {}),
      });
    });
    const channels = to.flatMap(({ channel, devices }) =>
      channel && this.isOn(devices) ? [this.show(channel, message)] : [],
    );
    await Promise.all([...letters, ...channels]);
  }

  async remind({ callId, at, of }: Reminder): Promise<void> {
    await Promise.all(this.liveGateways(of).map((gateway) => this.post(gateway, { check: { callId, at } })));
  }

  async open(userId: string, known?: Channel, identity?: string): Promise<ChannelPass> {
    await this.clock.sleep(0);
    const { channel } = this.livingChannel(known) ?? this.newChannel();
    const until = this.clock.now() + TOKEN_MS;
    const device = identity ?? `caller:${randomUUID()}:${userId}`;
    return {
      ...channel,
      identity: device,
      token: `in-process:${device}`,
      connectOptions: {},
      until,
      tokenUntil: until,
    };
  }

  async close(): Promise<void> {
    await this.clock.sleep(0);
  }

  isDeviceOf(identity: string, userId: string): boolean {
    return userOfIdentity(identity) === userId;
  }

  /** All that ever came, oldest first. */
  mailbox(gateway: string): readonly Letter[] {
    return this.mailboxes.get(gateway) ?? [];
  }

  list(name: string): readonly CallMessage[] {
    const items = this.watched.find(({ channel }) => channel.list === name)?.items ?? [];
    return items.filter(({ until }) => until > this.clock.now()).map(({ message }) => message);
  }

  document(name: string): Partial<ShownCall> {
    return this.watched.find(({ channel }) => channel.document === name)?.shown ?? {};
  }

  /** It lives on. */
  private livingChannel(known: Channel | undefined): Watched | undefined {
    const watched = this.watched.find(
      ({ channel, until }) => channel.list === known?.list && until > this.clock.now(),
    );
    if (watched) watched.until = this.clock.now() + CHANNEL_MS;
    return watched;
  }

  private newChannel(): Watched {
    const count = this.watched.length + 1;
    const channel = { list: `list-${count}`, document: `document-${count}` };
    const watched: Watched = { channel, items: [], shown: {}, until: this.clock.now() + CHANNEL_MS };
    this.watched.push(watched);
    return watched;
  }

  private isOn(devices: Presence['devices']): boolean {
    const now = this.clock.now();
    return Object.values(devices).some((device) => device.via === 'sync' && device.tokenUntil > now);
  }

  private liveGateways(of: readonly Presence[]): string[] {
    const gateways = [...new Set(of.flatMap(gatewaysOf))];
    const ends = this.gateways.known(gateways);
    return gateways.filter((gateway) => (ends.get(gateway) ?? 0) > this.clock.now());
  }

  private async post(gateway: string, letter: Letter): Promise<void> {
    await this.clock.sleep(0);
    this.mailboxes.set(gateway, [...this.mailbox(gateway), letter]);
  }

  private async show({ list }: Channel, message: CallMessage): Promise<void> {
    await this.clock.sleep(0);
    const now = this.clock.now();
    const watched = this.watched.find(({ channel, until }) => channel.list === list && until > now);
    if (!watched) return;
    watched.items.push({ message, until: now + ITEM_MS });
    const next = shownCall(message);
    if (!staysShown(watched.shown, next)) watched.shown = next;
  }
}

/** Whose device has this identity, if it is one of ours. */
export const userOfIdentity = (identity: string): string | undefined =>
  /^caller:[^:]+:(.*)$/s.exec(identity)?.[1];
