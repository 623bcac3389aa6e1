/** Mailboxes, lists and documents in this process: what the port promises, without a vendor. For tests of use cases. */
import { randomUUID } from 'node:crypto';
import { type CallMessage, type CallView, stepOfMessage } from '../../domain/call';
import { type Channel, gatewaysOf, type Presence } from '../../domain/presence';
import type { CallEvents, ChannelPass, Reminder } from '../../ports/call-events';
import type { Clock } from '../../ports/clock';
import type { MemoryGateways } from './gateways';

/** An item of a gateway's mailbox. */
export interface Letter {
  readonly to?: readonly string[];
  readonly message?: CallMessage;
  readonly check?: { readonly callId: string; readonly at: number };
}

type Shown = Partial<CallView> & { readonly eventId?: string };

const TOKEN_MS = 24 * 3_600_000;

export class MemoryCallEvents implements CallEvents {
  private readonly mailboxes = new Map<string, Letter[]>();
  private readonly lists = new Map<string, CallMessage[]>();
  private readonly documents = new Map<string, Shown>();

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
      channel && Object.values(devices).some(({ via }) => via === 'sync')
        ? [this.show(channel, message)]
        : [],
    );
    await Promise.all([...letters, ...channels]);
  }

  async remind({ callId, at, of }: Reminder): Promise<void> {
    await Promise.all(this.liveGateways(of).map((gateway) => this.post(gateway, { check: { callId, at } })));
  }

  async open(userId: string, known?: Channel, identity?: string): Promise<ChannelPass> {
    await this.clock.sleep(0);
    const channel = known ?? { list: `list-${userId}`, document: `document-${userId}` };
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
    return this.lists.get(name) ?? [];
  }

  document(name: string): Shown {
    return this.documents.get(name) ?? {};
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

  private async show({ list, document }: Channel, message: CallMessage): Promise<void> {
    await this.clock.sleep(0);
    this.lists.set(list, [...this.list(list), message]);
    const shown = stepOfMessage(this.document(document).eventId ?? '');
    const news = stepOfMessage(message.id);
    const isOld = shown !== undefined && shown.callId === news?.callId && shown.step >= news.step;
    if (!isOld) this.documents.set(document, { ...message.call, eventId: message.id });
  }
}

/** Whose device has this identity, if it is one of ours. */
export const userOfIdentity = (identity: string): string | undefined =>
  /^caller:[^:]+:(.*)$/s.exec(identity)?.[1];
