/**
 * Gateways and the devices at them, in this process: they keep to what gateways promise, and hold no rule of calls.
 * Letters are taken out of the mailboxes, and calls looked at, when {@link Gateway.run} is called.
 */
import { checkCalls } from '../../src/app/check-calls';
import { connectSocket } from '../../src/app/connect-socket';
import { disconnectSockets } from '../../src/app/disconnect-sockets';
import { renewGatewayLease } from '../../src/app/renew-gateway-lease';
import { type CallMessage, stepOfMessage } from '../../src/domain/call';
import type { MemoryCallServices } from './call-world';

const ANYBODY = { client: '', user: 'anonymous' } as const;

/** A socket: what it was told, each message once, and of one call nothing that is older than what it knows. */
export class Phone {
  readonly heard: CallMessage[] = [];
  private readonly latest = new Map<string, number>();
  private held: CallMessage[] | undefined = [];
  isOpen = true;

  constructor(
    readonly userId: string,
    readonly socket: string,
  ) {}

  /** As `type status`, oldest first. */
  get story(): string[] {
    return this.heard.map(({ type, call }) => `${type} ${call.status}`);
  }

  knows(callId: string): boolean {
    return this.latest.has(callId);
  }

  tell(message: CallMessage): void {
    if (!this.isOpen) return;
    if (this.held) {
      this.held.push(message);
      return;
    }
    const { callId = '', step = 0 } = stepOfMessage(message.id) ?? {};
    if (step <= (this.latest.get(callId) ?? 0)) return;
    this.latest.set(callId, step);
    this.heard.push(message);
  }

  open(first: readonly CallMessage[]): void {
    const held = this.held ?? [];
    this.held = undefined;
    for (const message of [...first, ...held]) this.tell(message);
  }
}

export class Gateway {
  readonly phones: Phone[] = [];
  private readonly checks = new Map<string, number>();
  private read = 0;
  private sockets = 0;
  isAlive = true;

  /** @param services as requests that this gateway makes have them */
  constructor(
    readonly name: string,
    private readonly services: MemoryCallServices,
  ) {}

  /** Renews the lease, and does what the answer asks for. */
  async renew(): Promise<void> {
    const { othersEnded } = await renewGatewayLease(this.services, { gateway: this.name });
    if (othersEnded) await this.look([...this.checks.keys()]);
  }

  async connect(userId: string, lastEventId?: string): Promise<Phone> {
    const phone = this.lift(userId);
    await this.announce(phone, lastEventId);
    return phone;
  }

  /** A socket that is not announced yet. */
  lift(userId: string): Phone {
    this.sockets += 1;
    const phone = new Phone(userId, `s${this.sockets}`);
    this.phones.push(phone);
    return phone;
  }

  async announce(phone: Phone, lastEventId?: string): Promise<void> {
    const { userId: id, socket } = phone;
    const place = { gateway: this.name, socket, id, name: `Name of ${id}`, location: '' };
    const { events, checks } = await connectSocket(this.services, ANYBODY, { ...place, lastEventId });
    for (const { callId, at } of checks) this.remember(callId, at);
    phone.open(events);
  }

  async disconnect(phone: Phone): Promise<void> {
    phone.isOpen = false;
    const { checks } = await disconnectSockets(this.services, {
      gateway: this.name,
      sockets: [{ socket: phone.socket, id: phone.userId }],
    });
    for (const { callId, at } of checks) this.remember(callId, at);
  }

  /** Takes what has come into the mailbox. */
  receive(): void {
    if (!this.isAlive) return;
    const letters = this.services.events.mailbox(this.name).slice(this.read);
    this.read += letters.length;
    for (const { to, message, check } of letters) {
      if (check) this.remember(check.callId, check.at);
      for (const phone of this.phones) if (message && to?.includes(phone.userId)) phone.tell(message);
    }
  }

  /** Calls that wait to be looked at by now. */
  get due(): string[] {
    if (!this.isAlive) return [];
    const now = this.services.clock.now();
    return [...this.checks].filter(([, at]) => at <= now).map(([callId]) => callId);
  }

  /** When the next call is looked at; Infinity when none is. */
  get nextCheck(): number {
    return this.isAlive ? Math.min(Infinity, ...this.checks.values()) : Infinity;
  }

  async look(callIds: readonly string[]): Promise<void> {
    for (const callId of callIds) this.checks.delete(callId);
    const { events, checks } = await checkCalls(this.services, { callIds });
    for (const { callId, at } of checks) this.remember(callId, at);
    for (const message of events) {
      const { caller, receiver, id } = message.call;
      for (const phone of this.phones) {
        if ([caller.id, receiver.id].includes(phone.userId) && phone.knows(id)) phone.tell(message);
      }
    }
  }

  async run(): Promise<void> {
    this.receive();
    if (this.due.length > 0) await this.look(this.due);
    this.receive();
  }

  private remember(callId: string, at: number): void {
    this.checks.set(callId, Math.min(at, this.checks.get(callId) ?? Infinity));
  }
}
