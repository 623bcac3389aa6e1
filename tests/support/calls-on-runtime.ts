/** Foyer as it runs, with people who call each other: what they do is a request, what they hear comes to their devices. */
import type { CallResponse } from '../../src/api/calls';
import type { Reply } from './http';
import { person, type Phone, SocketPhone, SyncPhone } from './live-phones';
import { type Calling, type Runtime, startRuntime } from './runtime';
import { dropTimers, SyncClients } from './sync-clients';

export type Kind = 'sync' | 'socket';

let people = 0;
/** Somebody whom no other test knows. */
export const someone = (name: string): string => `${name}-${(people += 1)}`;

export class CallsOnRuntime {
  readonly clients = new SyncClients();
  private readonly phones = new Set<Phone>();

  private constructor(readonly foyer: Runtime) {}

  static async start(): Promise<CallsOnRuntime> {
    return new CallsOnRuntime(await startRuntime());
  }

  /** Online on the push channel, and seen there. */
  async sync(id: string, options: Parameters<typeof SyncPhone.connect>[3] = {}): Promise<SyncPhone> {
    const phone = await SyncPhone.connect(this.foyer, this.clients, person(id), options);
    this.phones.add(phone);
    return phone;
  }

  /** Online by a WebSocket. */
  async socket(id: string, origin = this.foyer.origin, headers = {}, query?: string): Promise<SocketPhone> {
    const phone = await SocketPhone.connect(origin, person(id), headers, query);
    this.phones.add(phone);
    return phone;
  }

  device(kind: Kind, id: string): Promise<Phone> {
    return kind === 'sync' ? this.sync(id) : this.socket(id);
  }

  /** Two whom no other test knows. */
  couple(caller: Kind, receiver: Kind): Promise<[Phone, Phone]> {
    return Promise.all([this.device(caller, someone('ann')), this.device(receiver, someone('ben'))]);
  }

  start(callerId: string, receiverId: string, calling?: Calling): Promise<CallResponse> {
    return this.foyer.ok('/calls/start', { callerId, receiverId }, calling);
  }

  answer(callId: string, answer: 'ACCEPT' | 'DECLINE', more = {}): Promise<Reply> {
    return this.foyer.call('/calls/answer', { callId, answer, ...more });
  }

  end(callId: string, userId: string): Promise<Reply> {
    return this.foyer.call('/calls/end', { callId, userId });
  }

  info(callId: string): Promise<CallResponse> {
    return this.foyer.ok('/calls/info', { callId });
  }

  async online(): Promise<string[]> {
    const { json } = await this.foyer.call('/users', {}, { as: 'query' });
    return (json as { id: string }[]).map(({ id }) => id).toSorted();
  }

  /** A call that was answered. */
  async ongoing(callerId: string, receiverId: string): Promise<CallResponse> {
    const { id } = await this.start(callerId, receiverId);
    const { status, json, text } = await this.answer(id, 'ACCEPT');
    if (status !== 200) throw new Error(text);
    return json as CallResponse;
  }

  /** Everybody hangs up and goes; nobody of a next test hears of this one. */
  async clear(): Promise<void> {
    await Promise.allSettled([...this.phones].map((phone) => phone.vanish()));
    this.phones.clear();
    this.foyer.restore();
  }

  async close(): Promise<void> {
    await this.clear();
    await this.clients.closeAll();
    await this.foyer.close();
    dropTimers();
  }
}
