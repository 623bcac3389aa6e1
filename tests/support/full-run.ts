/** Everything that Foyer does, once, and every secret that came up on the way: what no log may hold. */
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { ROUTES } from '../../src/api/routes';
import { type Reply, send } from './http';

/** Fields whose values open something for their bearer. */
const SECRET_FIELD = /token|identity|ticket|cursor|secret|phone/i;
const JWT = /^eyJ[\w-]+\.[\w-]+\.[\w-]*$/;
/** What is shorter is a word that anything may hold. */
const SHORTEST_SECRET = 12;

export class FullRun {
  private readonly known = new Set<string>();
  private count = 0;

  /** @param origin of the front port; @param headers that let everybody in */
  constructor(
    private readonly origin: string,
    private readonly headers: Readonly<Record<string, string>> = {},
  ) {
    for (const value of Object.values(headers)) this.learn(value.replace(/^Bearer /, ''));
  }

  /** All secrets so far, and the parts that one could be put together from. */
  get secrets(): readonly string[] {
    const parts = [...this.known].flatMap((secret) => [
      secret,
      encodeURIComponent(secret),
      ...(JWT.test(secret) ? secret.split('.').slice(1) : []),
    ]);
    return [...new Set(parts)].filter((part) => part.length >= SHORTEST_SECRET);
  }

  learn(...secrets: readonly string[]): void {
    for (const secret of secrets) this.known.add(secret);
  }

  async all(): Promise<void> {
    await this.waitingRoom();
    await this.livekit();
    await this.calls();
    await this.rooms();
    await this.forgeries();
  }

  async waitingRoom(): Promise<void> {
    const { meeting_id } = await this.ok('/admin/create', { admission: 'manual' });
    const { identity } = await this.ok('/user/enter-waiting-room', { meeting_id, name: 'Ann Secretive' });
    this.learn('Ann Secretive');
    const { room_id } = await this.ok('/admin/join', { meeting_id, name: 'Host Secretive' });
    this.learn('Host Secretive');
    const { guests } = await this.ok('/admin/waiting-room', { meeting_id });
    const { guest_id } = guests[0];
    await this.ok('/admin/explain', { meeting_id, guest_id });
    await this.ok('/admin/invite', { meeting_id, phone: '+14155550123' });
    this.learn('14155550123');
    await this.ok('/admin/deny', { meeting_id, guest_id });
    await this.call('/user/join', { meeting_id, room_id, identity });
    await this.ok('/admin/admit', { meeting_id, guest_id });
    await this.ok('/user/join', { meeting_id, room_id, identity });
    await this.ok('/user/leave-waiting-room', { meeting_id, identity });
    await this.call('/user/join', { meeting_id, room_id, identity });
    await this.ok('/admin/remove', { meeting_id, guest_id });
    await this.ok('/admin/end', { meeting_id });
  }

  async livekit(): Promise<void> {
    await this.ok('/livekit/join-room', { roomName: 'daily', uid: 'ann' });
    await this.call('/livekit/token', { room_name: 'daily', participant_identity: 'ann' });
    const { meeting_id } = await this.ok('/api/v1/meetings/create');
    for (const path of ['info', 'exists', 'participants']) {
      await this.ok(`/api/v1/meetings/${path}`, { meeting_id });
    }
    await this.ok('/api/v1/meetings/join', { meeting_id, user_name: 'Ann Secretive' });
    await this.ok('/api/v1/meetings/delete', { meeting_id });
  }

  async calls(): Promise<void> {
    const [callerId, receiverId] = [crypto.randomUUID(), crypto.randomUUID()];
    const caller = await this.ok('/users/connect', { id: callerId, name: 'Ann' });
    await this.ok('/users/connect', { id: receiverId, name: 'Bob' });
    await this.ok('/users');
    const { id: callId } = await this.ok('/calls/start', { callerId, receiverId });
    await this.ok('/calls/answer', { callId, answer: 'ACCEPT' });
    await this.ok('/calls/info', { callId, userId: callerId });
    await this.ok('/token', { room: callId, id: callerId });
    await this.ok('/calls/end', { callId, userId: callerId });
    await this.ok('/users/disconnect', { id: callerId, identity: caller.identity });
  }

  async rooms(): Promise<void> {
    const { id: roomId } = await this.ok('/rooms', { roomName: `room ${crypto.randomUUID()}` });
    await this.ok('/rooms/token', { roomId, role: 'guest', userId: 'ann' });
    await this.live({ event: 'watch', data: { roomId } }, { event: 'join', data: { roomId, userId: 'ann' } });
    await send(`${this.origin}/rooms?limit=1`, { method: 'GET', headers: this.headers });
    await this.ok('/rooms/history', { roomId, limit: 1 });
  }

  /** Somebody with forged credentials of every kind, in every place where one could be put, at every route. */
  async forgeries(): Promise<void> {
    for (const { path } of ROUTES) {
      const [f, of] = [this.forgery(), () => this.forgery()];
      const headers = {
        authorization: `Bearer ${f}`,
        cookie: `session=${of()}`,
        'x-api-key': of(),
        'x-foyer-front': of(),
        'x-foyer-gateway': of(),
        'x-twilio-signature': of(),
        'x-webhook-secret': of(),
      };
      const body = { meeting_id: 4321, identity: of(), token: of(), phone: of(), name: of(), [of()]: of() };
      await this.call(path, body, headers);
      await this.call(`${path}?token=${of()}&access_token=${of()}`, { request: { headers } });
      await send(`${this.origin}${path}`, {
        headers: { 'content-type': 'application/json', ...this.headers },
        body: `{"identity": "${of()}`,
      });
    }
    await this.live({ event: this.forgery(), data: { roomId: this.forgery(), token: this.forgery() } });
  }

  /** Says something over a WebSocket, as people's clients do, and listens for a moment. */
  async live(...said: readonly object[]): Promise<void> {
    const address = `${this.origin.replace('http', 'ws')}/?token=${this.forgery()}`;
    const socket = new WebSocket(address);
    await once(socket, 'open');
    for (const words of said) {
      socket.send(JSON.stringify(words));
      await Promise.race([once(socket, 'message'), new Promise((resolve) => setTimeout(resolve, 300))]);
    }
    socket.close();
    await once(socket, 'close');
  }

  async call(path: string, parameters: object = {}, headers = this.headers): Promise<Reply> {
    const reply = await send(`${this.origin}${path}`, {
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(parameters),
    });
    if (reply.status === 200) this.collect('', reply.json);
    return reply;
  }

  async ok(path: string, parameters: object = {}): Promise<Reply['json']> {
    const reply = await this.call(path, parameters);
    if (reply.status !== 200) throw new Error(`${path}: ${reply.status} ${reply.text}`);
    return reply.json;
  }

  private collect(name: string, value: unknown): void {
    if (typeof value === 'string') {
      if (SECRET_FIELD.test(name) || JWT.test(value)) this.learn(value);
    } else if (typeof value === 'object' && value !== null) {
      for (const [field, one] of Object.entries(value)) this.collect(field, one);
    }
  }

  private forgery(): string {
    const secret = `forged-${(this.count += 1)}-${crypto.randomUUID()}`;
    this.learn(secret);
    return secret;
  }
}
