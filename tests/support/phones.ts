/**
 * Gateways and the devices at them, in this process: they keep to what gateways promise, and hold no rule of calls.
 * Letters are taken out of the mailboxes, and calls looked at, when {@link Gateway.run} is called.
 */
import { checkCalls } from '../../src/app/check-calls';
import { type Check, connectSocket } from '../../src/app/connect-socket';
import { disconnectSockets } from '../../src/app/disconnect-sockets';
import { renewGatewayLease } from '../../src/app/renew-gateway-lease';
import { type CallMessage, stepOfMessage } from '../../src/domain/call';
import type { CallServices } from '../../src/ports/services';
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

  /** It is connected, and nobody has closed it. */
  get isReady(): boolean {
    return this.isOpen && !this.held;
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

  /** @returns the calls of which something came meanwhile. */
  open(first: readonly CallMessage[]): string[] {
    const held = this.held ?? [];
    this.held = undefined;
    for (const message of [...first, ...held]) this.tell(message);
    return held.map(({ call }) => call.id);
  }
}

export class Gateway {
  readonly phones: Phone[] = [];
  /** Calls that wait to be looked at, and when, each time on its own. */
  private checks: readonly Check[] = [];
  private read = 0;
  private sockets = 0;
  isAlive = true;

  constructor(
    readonly name: string,
    private readonly services: MemoryCallServices,
  ) {}

  /** Renews the lease. When another gateway is gone, all calls are to be looked at now. */
  async renew(): Promise<void> {
    const { othersEnded } = await renewGatewayLease(this.services, { gateway: this.name });
    if (!othersEnded) return;
    const at = this.services.clock.now();
    this.checks = this.checks.map(({ callId }) => ({ callId, at }));
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

  /** @param services those of the request, where they are not the usual ones; below likewise */
  async announce(phone: Phone, lastEventId?: string, services: CallServices = this.services): Promise<void> {
    const { userId: id, socket } = phone;
    const place = { gateway: this.name, socket, id, name: `Name of ${id}`, location: '' };
    const { events, checks } = await connectSocket(services, ANYBODY, { ...place, lastEventId });
    this.remember(checks);
    // What came while it waited may be of a call that is over, of whose end nobody could tell it.
    this.remember(phone.open(events).map((callId) => ({ callId, at: this.services.clock.now() })));
  }

  async disconnect(phone: Phone, services: CallServices = this.services): Promise<void> {
    phone.isOpen = false;
    const { checks } = await disconnectSockets(services, {
      gateway: this.name,
      sockets: [{ socket: phone.socket, id: phone.userId }],
    });
    this.remember(checks);
  }

  /** Takes what has come into the mailbox. */
  receive(): void {
    if (!this.isAlive) return;
    const letters = this.services.events.mailbox(this.name).slice(this.read);
    this.read += letters.length;
    for (const { to, message, check } of letters) {
      if (check) this.remember([check]);
      for (const phone of this.phones) if (message && to?.includes(phone.userId)) phone.tell(message);
    }
  }

  /** Calls that wait to be looked at by now. */
  get due(): string[] {
    if (!this.isAlive) return [];
    const now = this.services.clock.now();
    return [...new Set(this.checks.filter(({ at }) => at <= now).map(({ callId }) => callId))];
  }

  get pending(): readonly Check[] {
    return this.checks;
  }

  async look(callIds: readonly string[], services: CallServices = this.services): Promise<void> {
    const now = this.services.clock.now();
    this.checks = this.checks.filter(({ callId, at }) => at > now || !callIds.includes(callId));
    const { events, checks } = await checkCalls(services, { callIds });
    this.remember(checks);
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

  private remember(checks: readonly Check[]): void {
    const isKnown = ({ callId, at }: Check): boolean =>
      this.checks.some((known) => known.callId === callId && known.at === at);
    this.checks = [...this.checks, ...checks.filter((check) => !isKnown(check))];
  }
}
