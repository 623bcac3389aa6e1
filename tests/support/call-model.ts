/** Calls, their parties' devices and time: a world whose actors take turns, and what must hold in it. */
import { answerCall } from '../../src/app/answer-call';
import { endCall } from '../../src/app/end-call';
import { showCall } from '../../src/app/find-call';
import { startCall } from '../../src/app/start-call';
import { type Call, dueEvent, isLive, isPlacing, stepOfMessage } from '../../src/domain/call';
import { FoyerError } from '../../src/domain/errors';
import { gatewaysOf, type Presence } from '../../src/domain/presence';
import type { CallEvents } from '../../src/ports/call-events';
import type { CallServices } from '../../src/ports/services';
import { memoryCallServices, type MemoryCallServices, RING_MS } from './call-world';
import type { Run } from './interleavings';
import { Gateway, type Phone } from './phones';
import { Turns } from './turns';

const ANYBODY = { client: '', user: 'anonymous' } as const;
const RENEW_MS = 10_000;

/** Time that moves only when it is told to, and in which nobody waits. */
class StillTime {
  private at = Date.UTC(2026, 0, 1);
  now(): number {
    return this.at;
  }
  sleep(): Promise<void> {
    return Promise.resolve();
  }
  advance(ms: number): void {
    this.at += ms;
  }
}

/** What needs no turn, because no actor changes what it answers, or what it changes answers nobody. */
const QUIET = ['gateways.ends', 'media.closeRoom', 'events.isDeviceOf'];
/** Where nobody comes or goes, likewise. */
const QUIET_AT_HOME = [...QUIET, 'directory.find'];

export class CallModel implements Run {
  readonly turns = new Turns(/call-[\w-]{22}/g);
  private readonly clock = new StillTime();
  private readonly services = memoryCallServices(this.clock);
  private readonly gateways = new Map<string, Gateway>();
  /**
   * What each device has to hear of, as `<call>:<step>`; of step 0 when anything of the call will do. Those that were
   * there before the call (`early`) have to hear it ring, if it does.
   */
  private readonly due = new Map<Phone, Set<string>>();
  private readonly steps = new Set<string>();
  private readonly failures: unknown[] = [];

  /** @param moves whether anybody comes or goes in this world */
  private constructor(private readonly moves: boolean) {}

  /** @param places devices that are there from the beginning, as `user@gateway` */
  static async with(
    places: readonly string[],
    moves = false,
  ): Promise<{ model: CallModel; phones: Phone[] }> {
    const model = new CallModel(moves);
    const phones: Phone[] = [];
    for (const place of places) {
      const [userId = '', name = ''] = place.split('@');
      const gateway = model.gateways.get(name) ?? new Gateway(name, model.services);
      model.gateways.set(name, gateway);
      await gateway.renew();
      phones.push(await gateway.connect(userId));
    }
    return { model, phones };
  }

  start(actor: string, callerId: string, receiverId: string): void {
    this.act(actor, (services) => startCall(services, ANYBODY, { callerId, receiverId }));
  }

  /** Starts a call, and hangs up once it knows which. */
  startAndEnd(actor: string, callerId: string, receiverId: string): void {
    this.act(actor, async (services) => {
      const call = await startCall(services, ANYBODY, { callerId, receiverId });
      await endCall(services, ANYBODY, { callId: call.id, userId: callerId });
    });
  }

  /** The device answers once it rings. */
  answer(actor: string, phone: Phone, answer: 'ACCEPT' | 'DECLINE'): void {
    this.act(actor, async (services) => {
      const callId = await this.hears(actor, phone, 'INCOMING_CALL');
      await answerCall(services, ANYBODY, { callId, answer });
    });
  }

  /** The device's user hangs up once it has heard this. */
  hangUp(actor: string, phone: Phone, type: string): void {
    this.act(actor, async (services) => {
      const callId = await this.hears(actor, phone, type);
      await endCall(services, ANYBODY, { callId, userId: phone.userId });
    });
  }

  connect(actor: string, userId: string, name: string): void {
    const gateway = this.gateways.get(name) as Gateway;
    const phone = gateway.lift(userId);
    this.act(actor, (services) => gateway.announce(phone, undefined, services));
  }

  disconnect(actor: string, phone: Phone): void {
    const gateway = [...this.gateways.values()].find(({ phones }) => phones.includes(phone)) as Gateway;
    this.act(actor, async (services) => {
      await this.turns.take(actor, 'closes', () => undefined);
      await gateway.disconnect(phone, services);
    });
  }

  /** The gateway is killed: its sockets are cut, and nobody is told. */
  kill(actor: string, name: string): void {
    const gateway = this.gateways.get(name) as Gateway;
    this.act(actor, () =>
      this.turns.take(actor, 'dies', () => {
        gateway.isAlive = false;
        for (const phone of gateway.phones) phone.isOpen = false;
      }),
    );
  }

  /** So much time passes at once, and then so much; leases of gateways that live are renewed meanwhile. */
  time(...pieces: number[]): void {
    this.act('time', async () => {
      for (const ms of pieces) await this.turns.take('time', `passes ${ms}`, () => this.pass(ms));
    });
  }

  /** Gateways look at calls when they are due. */
  look(): void {
    for (const [name, gateway] of this.gateways) {
      const actor = `gateway ${name}`;
      const due = (): string[] => gateway.due;
      this.act(actor, async (services) => {
        for (;;)
          await gateway.look(await this.turns.take(actor, 'looks', due, () => due().length > 0), services);
      });
    }
  }

  state(): string {
    const { calls, lines, events } = this.services;
    const gateways = [...this.gateways.values()];
    const state = [
      this.clock.now(),
      calls.all().map((call) => this.turns.named(JSON.stringify(call))),
      this.users.map((userId) => lines.line(userId)),
      gateways.map(({ name, isAlive, pending }) => [isAlive, events.mailbox(name), pending]),
      // What a device has to hear of depends on the way by which a state was come to.
      this.phones.map((phone) => [
        phone.heard.map(({ id }) => id),
        phone.isOpen,
        phone.isReady,
        [...(this.due.get(phone) ?? [])].map((id) => this.turns.named(id)).toSorted(),
      ]),
    ];
    state[1] = (state[1] as string[]).toSorted();
    return this.turns.named(JSON.stringify(state));
  }

  /** Nobody is in two calls, and so no two have two calls. */
  check(): void {
    if (this.failures.length > 0) throw this.failures[0];
    for (const gateway of this.gateways.values()) gateway.receive();
    this.trace();
    const busy = new Map<string, Call>();
    for (const call of this.services.calls.all().filter((call) => this.isOn(call))) {
      for (const { id } of [call.caller, call.receiver]) {
        const other = busy.get(id);
        if (other) throw new Error(`${id} is in two calls: ${this.tell(other)} and ${this.tell(call)}`);
        busy.set(id, call);
      }
    }
  }

  /** When time has passed every call is over, everybody knows, and nobody is busy. */
  async finish(): Promise<void> {
    await this.drain(2 * RING_MS);
    for (const { id, caller, status } of this.services.calls.all()) {
      if (status === 'ONGOING') await endCall(this.services, ANYBODY, { callId: id, userId: caller.id });
      // Of a call that nobody has heard of nobody sees that it is over until it is looked at.
      if (!this.phones.some((phone) => phone.knows(id)))
        await showCall(this.services, ANYBODY, { callId: id });
    }
    await this.drain(RING_MS);
    this.check();
    for (const call of this.services.calls.all()) this.checkOver(call);
    await this.checkFree();
  }

  /** A refusal with a reason is an answer. */
  private act(actor: string, script: (services: CallServices) => Promise<unknown>): void {
    script(this.as(actor)).catch((error: unknown) => {
      if (!(error instanceof FoyerError)) this.failures.push(error);
    });
  }

  private hears(actor: string, phone: Phone, type: string): Promise<string> {
    const heard = () => phone.heard.find((message) => message.type === type)?.call.id ?? '';
    return this.turns.take(actor, `hears ${type}`, heard, () => heard() !== '');
  }

  private checkOver(call: Call): void {
    if (isLive(call)) throw new Error(`it never ends: ${this.tell(call)}`);
    for (const phone of this.phones) {
      const told = phone.heard.filter(({ call: { id } }) => id === call.id);
      const believed = told.at(-1)?.call.status ?? call.status;
      if (phone.isOpen && believed !== call.status) {
        throw new Error(`a device of ${phone.userId} believes ${believed}: ${this.tell(call)}`);
      }
      const steps = new Set(['0', ...told.map(({ id }) => String(stepOfMessage(id)?.step))]);
      const due = [...(this.due.get(phone) ?? [])].filter((id) => id.startsWith(`${call.id}:`));
      const isEarly = (id: string): boolean => id.endsWith(':early');
      const missed = due.filter(
        (id) => !isEarly(id) && (told.length === 0 || !steps.has(id.slice(call.id.length + 1))),
      );
      if (phone.isOpen && missed.length > 0) {
        throw new Error(`${phone.userId} missed ${this.turns.named(missed.join())}: ${this.tell(call)}`);
      }
    }
  }

  /** Anybody can be called. */
  private async checkFree(): Promise<void> {
    const [gateway] = [...this.gateways.values()].filter(({ isAlive }) => isAlive);
    const users = this.users;
    for (const userId of ['probe', ...users]) await gateway?.connect(userId);
    for (const receiverId of users) {
      const call = await startCall(this.services, ANYBODY, { callerId: 'probe', receiverId });
      if (call.status !== 'DIALLING') throw new Error(`${receiverId} cannot be called: ${call.errMsg}`);
      await endCall(this.services, ANYBODY, { callId: call.id, userId: 'probe' });
    }
  }

  /** Whoever is connected when a call comes to its next step has to hear of that; and the receiver, while it rings. */
  private trace(): void {
    for (const call of this.services.calls.all()) {
      const isFirst = !this.steps.has(`${call.id} ${call.step}`);
      this.steps.add(`${call.id} ${call.step}`);
      // What is to be told is settled only later: such a call has come to nothing before anybody was told.
      if (call.step === 1 || !isFirst || call.settled < call.step) this.expect(call, isFirst);
    }
  }

  private expect(call: Call, isNew: boolean): void {
    for (const phone of this.phones.filter(({ isReady }) => isReady)) {
      const due = this.due.get(phone) ?? new Set<string>();
      this.due.set(phone, due);
      const isReceiver = phone.userId === call.receiver.id;
      if (isNew && call.step > 1 && (isReceiver || phone.userId === call.caller.id))
        due.add(`${call.id}:${call.step}`);
      if (!isReceiver || !isLive(call)) continue;
      if (call.settled > 0) due.add(`${call.id}:0`);
      if (isNew && call.step === 1) due.add(`${call.id}:early`);
      if (isPlaced(call) && due.has(`${call.id}:early`)) due.add(`${call.id}:1`);
    }
  }

  /** Whatever time has decided already does not count, nor a call whose lines are still being taken. */
  private isOn(call: Call): boolean {
    if (!isLive(call) || dueEvent(call, this.clock.now())) return false;
    const has = ({ id }: { readonly id: string }): boolean => {
      const { call: holder } = this.services.lines.line(id);
      return holder?.id === call.id && !holder.isOver;
    };
    return !isPlacing(call) || (has(call.caller) && has(call.receiver));
  }

  private get phones(): Phone[] {
    return [...this.gateways.values()].flatMap(({ phones }) => phones);
  }

  private get users(): string[] {
    return [...new Set(this.phones.map(({ userId }) => userId))].toSorted();
  }

  private tell(call: Call): string {
    return this.turns.named(JSON.stringify(call));
  }

  private async pass(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= RENEW_MS) {
      this.clock.advance(Math.min(left, RENEW_MS));
      for (const gateway of this.gateways.values()) if (gateway.isAlive) await gateway.renew();
    }
  }

  /** Time passes, and nobody acts but gateways. */
  private async drain(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= RENEW_MS) {
      await this.pass(RENEW_MS);
      for (const gateway of this.gateways.values()) await gateway.run();
    }
    for (const gateway of this.gateways.values()) gateway.receive();
  }

  /** The services, as this actor asks them, in turns. Each gateway is told in a turn of its own. */
  private as(actor: string): CallServices {
    const isQuiet = (call: string): boolean => (this.moves ? QUIET : QUIET_AT_HOME).includes(call);
    const ask = <P extends object>(name: string, port: P): P => this.turns.port(actor, name, port, isQuiet);
    const { calls, lines, directory, gateways, media } = this.services;
    return {
      ...this.services,
      calls: ask('calls', calls),
      lines: ask('lines', lines),
      directory: ask('directory', directory),
      gateways: ask('gateways', gateways),
      media: ask('media', media),
      events: eachGateway(ask('events', this.services.events)),
    };
  }
}

const isPlaced = ({ step, settled }: Call): boolean => step === 1 && settled === 1;

/** Tells gateways one by one, as any adapter does. */
function eachGateway(events: MemoryCallServices['events']): CallEvents {
  const at = (gateway: string, presences: readonly Presence[]): Presence[] =>
    presences.flatMap((presence) => {
      const devices = Object.entries(presence.devices).filter(
        ([, device]) => device.via === 'gateway' && device.gateway === gateway,
      );
      return devices.length === 0 ? [] : [{ ...presence, devices: Object.fromEntries(devices) }];
    });
  const deliver: CallEvents['deliver'] = async (to, message, reminder) => {
    const names = new Set([...to, ...(reminder?.of ?? [])].flatMap(gatewaysOf));
    await Promise.all(
      [...names].map((name) =>
        events.deliver(at(name, to), message, reminder && { ...reminder, of: at(name, reminder.of) }),
      ),
    );
  };
  return Object.create(events, { deliver: { value: deliver } }) as CallEvents;
}
