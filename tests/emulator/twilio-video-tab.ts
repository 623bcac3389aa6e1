/**
 * A browser tab without a browser: speaks twilio-video's signalling over a raw WebSocket, by the rules of the SDK's
 * `TwilioConnectionTransport` and `RoomV2` (revisions, `sync` after a lost socket, one update for many).
 */
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { Peer, type PeerState } from './twilio-video-peer';

export interface TabTrack {
  readonly id: string;
  readonly kind?: 'audio' | 'video' | 'data';
  readonly enabled?: boolean;
}

export interface TabOptions {
  readonly token: string;
  readonly name?: string;
  readonly tracks?: readonly TabTrack[];
  /** False to receive nobody's tracks. */
  readonly subscribe?: boolean;
  /** Milliseconds between heartbeats, as the client asks for them. */
  readonly heartbeatMs?: number;
}

export interface RemoteParticipant {
  readonly sid: string;
  readonly identity: string;
  readonly revision: number;
  readonly state: string;
  readonly tracks: ReadonlyArray<{ sid: string; id: string; kind: string; name: string; enabled: boolean }>;
}

type Phase = 'connecting' | 'connected' | 'syncing' | 'disconnected';

/** One server message; the fields that a given type lacks are absent. */
export interface Message {
  readonly type: string;
  readonly code?: number;
  readonly status?: string;
  readonly session: string;
  readonly sid: string;
  readonly name: string;
  readonly participant?: RemoteParticipant;
  readonly participants?: readonly RemoteParticipant[];
  readonly subscribed?: { revision: number; tracks: ReadonlyArray<{ id: string; sid: string }> };
  readonly published?: {
    revision: number;
    tracks: ReadonlyArray<{ id: string; sid: string; state: string }>;
  };
  readonly peer_connections?: readonly PeerState[];
  readonly options: { session_timeout: number };
}

/** How the room ended for this tab: the vendor's code, `completed`, or nothing. */
export interface Ending {
  readonly code?: number;
  readonly status?: string;
}

export class Tab {
  phase: Phase = 'connecting';
  /** Of this tab in the room. */
  sid = '';
  session = '';
  ending: Ending | undefined;
  /** `connected`, `disconnected`, `reconnecting`, `reconnected` with the SID of the other, in order. */
  readonly events: string[] = [];
  readonly participants = new Map<string, RemoteParticipant>();
  readonly peers = new Map<string, Peer>();
  subscribed: ReadonlyMap<string, string> = new Map();
  published: ReadonlyMap<string, string> = new Map();
  /**
   * Which connection each subscribed track is taken from, by the track's SID. As in the SDK it stays with the one that
   * brought it first until the track is unsubscribed, even if that connection is closed.
   */
  readonly attached = new Map<string, Peer>();
  /** Messages of the room in either direction; settled when it no longer grows. */
  traffic = 0;
  readonly #origin: string;
  readonly #options: TabOptions;
  readonly #closedPeers = new Set<string>();
  readonly #lastRevisions = new Map<string, number>();
  readonly #waiters = new Set<() => void>();
  #socket: WebSocket | undefined;
  #tracks: TabTrack[];
  #revision = 1;
  #subscribedRevision = 0;
  #publishedRevision = 0;
  #pendingUpdate = false;
  #pendingPeers = new Map<string, PeerState>();
  #early: Message[] = [];
  #barriers = 0;
  #isCutOff = false;

  constructor(origin: string, options: TabOptions) {
    this.#origin = origin.replace('http', 'ws');
    this.#options = options;
    this.#tracks = [...(options.tracks ?? [])];
  }

  /** Resolves when in the room, or refused (see `ending`). */
  static async join(origin: string, options: TabOptions): Promise<Tab> {
    const tab = new Tab(origin, options);
    await tab.open();
    await tab.until(() => tab.phase !== 'connecting');
    return tab;
  }

  /** Connects, or comes back after a lost socket; resolves when the socket is open and the first message is sent. */
  async open(): Promise<void> {
    const socket = new WebSocket(`${this.#origin}/signaling`);
    this.#socket = socket;
    socket.on('message', (data: Buffer) =>
      this.#receive(JSON.parse(data.toString()) as Message & { body: Message }),
    );
    socket.on('close', () => this.#lost(socket));
    await once(socket, 'open');
    const body = this.phase === 'connecting' ? this.#connectMessage() : this.#syncMessage();
    this.#write({ type: 'hello', id: 'h', timeout: this.#options.heartbeatMs ?? 5000, version: 2, body });
  }

  async until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise<void>((resolve) => this.#waiters.add(resolve));
  }

  /** Resolves when the server has handled all that was sent before. */
  async barrier(): Promise<void> {
    if (this.phase === 'disconnected' || this.#isCutOff || this.#socket?.readyState !== WebSocket.OPEN)
      return;
    const done = this.#barriers;
    this.#write({ type: 'msg', body: { type: 'ice', version: 1, token: this.#options.token } });
    await this.until(() => this.#barriers > done || this.phase === 'disconnected');
  }

  get tracks(): readonly TabTrack[] {
    return this.#tracks;
  }

  publish(tracks: readonly TabTrack[]): void {
    const ids = (list: readonly TabTrack[]): string => list.map(({ id }) => id).join(' ');
    const isNew = ids(tracks) !== ids(this.#tracks);
    this.#tracks = [...tracks];
    this.#revision += 1;
    this.#update();
    if (isNew) for (const peer of this.peers.values()) peer.renegotiate();
  }

  leave(): void {
    this.#write({ type: 'msg', body: { type: 'disconnect', session: this.session } });
    this.#write({ type: 'bye' });
    this.#end({});
    this.#socket?.close(1000);
  }

  get isCutOff(): boolean {
    return this.#isCutOff;
  }

  /** The network begins to break: this tab still hears, but what it says is lost. Ends with the socket. */
  cutOff(): void {
    if (this.phase === 'connected') this.#isCutOff = true;
  }

  /** The network breaks: no goodbye, and what is under way is lost. */
  drop(): void {
    this.#isCutOff = false;
    if (this.phase === 'connected') this.phase = 'syncing';
    this.#socket?.terminate();
  }

  /** Sends what the SDK never would. */
  raw(text: string): void {
    this.#socket?.send(text);
  }

  close(): void {
    this.phase = 'disconnected';
    this.#socket?.terminate();
  }

  #lost(socket: WebSocket): void {
    if (socket === this.#socket && this.phase === 'connected') this.phase = 'syncing';
    this.#wake();
  }

  #connectMessage(): unknown {
    const { token, name, subscribe = true } = this.#options;
    return {
      type: 'connect',
      version: 2,
      token,
      name,
      participant: this.#self(),
      peer_connections: [{ id: 'first', description: { type: 'offer', revision: 1, sdp: '' } }],
      subscribe: { rules: [{ type: subscribe ? 'include' : 'exclude', all: true }], revision: 1 },
    };
  }

  #syncMessage(): unknown {
    const states = [...this.peers.values()].flatMap((peer) => peer.state ?? []);
    const { token, name } = this.#options;
    const { session } = this;
    return {
      type: 'sync',
      version: 2,
      session,
      token,
      name,
      participant: this.#self(),
      peer_connections: states,
    };
  }

  #self(): unknown {
    const tracks = this.#tracks.map(({ id, kind = 'video', enabled = true }) => ({
      id,
      kind,
      name: id,
      enabled,
      priority: 'standard',
    }));
    return { revision: this.#revision, tracks };
  }

  /** While there is no socket, only the latest word on each thing is kept, as the SDK does. */
  #update(state?: PeerState): void {
    if (this.phase === 'disconnected') return;
    if (this.phase !== 'connected') {
      this.#pendingUpdate = true;
      if (state) this.#keep(state);
      return;
    }
    const peers = state ? { peer_connections: [state] } : {};
    this.#write({
      type: 'msg',
      body: { type: 'update', version: 2, session: this.session, participant: this.#self(), ...peers },
    });
    this.traffic += 1;
  }

  #keep(state: PeerState): void {
    const kept = this.#pendingPeers.get(state.id);
    const isNewer = (state.description?.revision ?? 0) > (kept?.description?.revision ?? 0);
    const description = isNewer ? state.description : kept?.description;
    const ice = state.ice ?? kept?.ice;
    this.#pendingPeers.set(state.id, {
      id: state.id,
      ...(description && { description }),
      ...(ice && { ice }),
    });
  }

  #flush(): void {
    const states = [...this.#pendingPeers.values()];
    const hasUpdate = this.#pendingUpdate;
    this.#pendingPeers = new Map();
    this.#pendingUpdate = false;
    if (!hasUpdate) return;
    this.#write({
      type: 'msg',
      body: {
        type: 'update',
        version: 2,
        session: this.session,
        participant: this.#self(),
        peer_connections: states,
      },
    });
    this.traffic += 1;
  }

  #write(frame: unknown): void {
    if (this.#isCutOff || this.#socket?.readyState !== WebSocket.OPEN) return;
    this.#socket.send(JSON.stringify(frame));
  }

  #receive(frame: { type: string; body: Message }): void {
    if (frame.type === 'heartbeat') this.#write({ type: 'heartbeat' });
    if (frame.type === 'msg') this.#handle(frame.body);
    this.#wake();
  }

  #handle(message: Message): void {
    if (message.type === 'iced') {
      this.#barriers += 1;
      return;
    }
    if (this.phase === 'disconnected') return;
    this.traffic += 1;
    if (message.type === 'error' || message.type === 'disconnected') {
      const { code, status } = message;
      this.#end({ ...(code === undefined ? {} : { code }), ...(status === undefined ? {} : { status }) });
      return;
    }
    if (this.phase !== 'connected' && message.type === 'update') {
      this.#early.push(message);
      return;
    }
    if (message.type === 'connected') {
      this.session = message.session;
      this.sid = message.participant?.sid ?? '';
    }
    if (message.type !== 'update') this.phase = 'connected';
    this.#apply(message);
    if (message.type === 'update') return;
    this.#flush();
    for (const early of this.#early.splice(0)) this.#apply(early);
  }

  #end(ending: Ending): void {
    this.phase = 'disconnected';
    this.ending = ending;
    this.#wake();
  }

  #apply(message: Message): void {
    const { subscribed, published, participants = [], peer_connections: peers = [] } = message;
    if (subscribed && subscribed.revision > this.#subscribedRevision) {
      this.#subscribedRevision = subscribed.revision;
      this.subscribed = new Map(subscribed.tracks.map(({ sid, id }) => [sid, id]));
    }
    if (published && published.revision > this.#publishedRevision) {
      this.#publishedRevision = published.revision;
      this.published = new Map(published.tracks.map(({ id, sid }) => [id, sid]));
    }
    for (const participant of participants) this.#see(participant);
    if (message.type === 'synced') {
      const kept = new Set(participants.map(({ sid }) => sid));
      for (const sid of this.participants.keys()) if (!kept.has(sid)) this.#forget(sid);
      const named = new Set(peers.map(({ id }) => id));
      for (const peer of this.peers.values()) if (!named.has(peer.id)) this.#closePeer(peer);
    }
    for (const sid of this.attached.keys()) if (!this.subscribed.has(sid)) this.attached.delete(sid);
    for (const state of peers) this.#hearPeer(state);
    for (const [sid, id] of this.subscribed) {
      const source = [...this.peers.values()].find((peer) => peer.remoteTracks.includes(id));
      if (source && !this.attached.has(sid)) this.attached.set(sid, source);
    }
  }

  #see(participant: RemoteParticipant): void {
    const { sid, revision, state } = participant;
    if ((this.#lastRevisions.get(sid) ?? 0) >= revision) return;
    this.#lastRevisions.set(sid, revision);
    const before = this.participants.get(sid);
    if (!before) this.events.push(`connected ${sid}`);
    else if (before.state !== state && state !== 'disconnected') {
      this.events.push(`${state === 'connected' ? 'reconnected' : state} ${sid}`);
    }
    if (state === 'disconnected') this.#forget(sid);
    else this.participants.set(sid, participant);
  }

  #forget(sid: string): void {
    this.participants.delete(sid);
    this.events.push(`disconnected ${sid}`);
  }

  #hearPeer(state: PeerState): void {
    const { id } = state;
    if (this.#closedPeers.has(id)) return;
    const names = (): string[] => this.#tracks.map((track) => track.id);
    const peer = this.peers.get(id) ?? new Peer(id, names, (own) => this.#update(own));
    this.peers.set(id, peer);
    peer.receive(state);
    if (peer.isClosed) this.#closePeer(peer);
  }

  #closePeer(peer: Peer): void {
    peer.isClosed = true;
    this.peers.delete(peer.id);
    this.#closedPeers.add(peer.id);
  }

  /** As if ICE had failed for good. */
  giveUp(peer: Peer): void {
    this.#closePeer(peer);
    peer.giveUp();
  }

  #wake(): void {
    const waiters = [...this.#waiters];
    this.#waiters.clear();
    for (const wake of waiters) wake();
  }
}

/**
 * Waits until nobody has anything left to say: two rounds, each through the server and back, in which no message
 * passed. (In one alone, what it set in motion could still be on its way.)
 */
export async function settle(tabs: readonly Tab[]): Promise<void> {
  const total = (): number => tabs.reduce((sum, { traffic }) => sum + traffic, 0);
  for (let quiet = 0; quiet < 2;) {
    const before = total();
    await Promise.all(tabs.map((tab) => tab.barrier()));
    quiet = total() === before ? quiet + 1 : 0;
  }
}
