/** The connection by which one client sends: the client offers, we answer, and know each track by the client's id of it. */
import type { RTCPeerConnection } from './connections';
import { describe, type MediaServer, openConnection } from './connections';
import { PublishedTrack } from './published-track';
import { sectionsIn } from './sdp';

export interface Description {
  readonly type: 'offer' | 'answer';
  readonly sdp: string;
}

export class Publisher {
  readonly #connection: RTCPeerConnection;
  readonly #tracks = new Map<string, PublishedTrack>();
  /** One at a time: a client whose socket was away may offer again before it was answered. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(private readonly server: MediaServer) {
    this.#connection = openConnection(server, { levels: true });
  }

  get tracks(): ReadonlyMap<string, PublishedTrack> {
    return this.#tracks;
  }

  /** @throws Error for a description that cannot be answered */
  answer(offer: Description): Promise<Description> {
    const next = this.#last.then(() => this.#answer(offer));
    this.#last = next.catch(() => undefined);
    return next;
  }

  close(): void {
    for (const track of this.#tracks.values()) track.end();
    this.#tracks.clear();
    void this.#connection.close().catch(() => undefined);
  }

  async #answer(offer: Description): Promise<Description> {
    const connection = this.#connection;
    await connection.setRemoteDescription(offer);
    // Clients begin the handshake of DTLS, and repeat it until they are heard: RFC 8842, 5.3.
    for (const transport of connection.dtlsTransports)
      if (transport.role === 'auto') transport.role = 'server';
    await connection.setLocalDescription(await connection.createAnswer());
    this.#follow(offer.sdp);
    return { type: 'answer', sdp: describe(connection, this.server) };
  }

  #follow(sdp: string): void {
    const sections = sectionsIn(sdp).filter(({ sends, trackId }) => sends && trackId !== undefined);
    const sent = new Map(sections.map(({ trackId = '', mid }) => [trackId, mid]));
    for (const [id, track] of this.#tracks) {
      if (sent.has(id)) continue;
      track.end();
      this.#tracks.delete(id);
    }
    for (const [id, mid] of sent) {
      const transceiver = this.#connection.getTransceivers().find((one) => one.mid === mid);
      if (transceiver && !this.#tracks.has(id)) this.#tracks.set(id, new PublishedTrack(id, transceiver));
    }
  }
}
