/**
 * The connection by which one client receives: we offer, the client answers. What the client wants to see and hear it
 * says over a data channel on the same connection.
 */
import type { RTCPeerConnection, RTCRtpTransceiver } from './connections';
import { describe, type MediaServer, openConnection } from './connections';
import { Forward } from './forward';
import type { Description } from './publisher';
import type { PublishedTrack } from './published-track';
import { answerWish, type Wish } from './wishes';

/** Before a broken connection is tried anew. */
const RESTART_MS = 2_000;
/** The name that the client's SDK looks for. */
const CHANNEL = 'ion-sfu';

export class Subscriber {
  readonly #connection: RTCPeerConnection;
  readonly #forwards = new Map<PublishedTrack, Forward>();
  readonly #free: RTCRtpTransceiver[] = [];
  #wanted: ReadonlyMap<PublishedTrack, string> = new Map();
  #isFirst = true;
  #restart: NodeJS.Timeout | undefined;
  /** Told, and not answered yet. */
  #offered: Description | undefined;
  #isBusy = false;
  #isStale = false;
  #isClosed = false;

  constructor(
    private readonly server: MediaServer,
    private readonly offer: (description: Description) => void,
  ) {
    this.#connection = openConnection(server, { levels: false });
    const channel = this.#connection.createDataChannel(CHANNEL);
    channel.onMessage.subscribe((data) => {
      const answer = answerWish(data.toString(), (wish) => this.#grant(wish));
      if (answer !== undefined) channel.send(answer);
    });
    this.#connection.connectionStateChange.subscribe((state) => {
      if (state === 'connected' && this.#isStale) void this.#negotiate();
      if (state === 'failed') this.#restart ??= setTimeout(() => this.#startAgain(), RESTART_MS).unref();
    });
    void this.#negotiate();
  }

  /** Exactly these from now on. @param tracks with the ids of their streams */
  follow(tracks: ReadonlyMap<PublishedTrack, string>): void {
    this.#wanted = tracks;
    void this.#negotiate();
  }

  /** Only between two offers: a connection is not changed while it is described. @returns whether anything has changed */
  #settle(): boolean {
    const gone = [...this.#forwards].filter(([track]) => !this.#wanted.has(track));
    const fresh = [...this.#wanted].filter(([track]) => !this.#forwards.has(track));
    for (const [track, forward] of gone) {
      forward.end();
      this.#forwards.delete(track);
      this.#free.push(forward.place);
    }
    for (const [track, streamId] of fresh)
      this.#forwards.set(track, new Forward(track, streamId, this.#placeFor(track.kind)));
    return gone.length + fresh.length > 0;
  }

  /** @throws Error for a description that does not answer what was offered */
  async answered(answer: Description): Promise<void> {
    if (!this.#offered || this.#isClosed) return;
    this.#offered = undefined;
    this.#isBusy = true;
    try {
      await this.#connection.setRemoteDescription(answer);
    } finally {
      this.#isBusy = false;
    }
    if (this.#isStale) await this.#negotiate();
  }

  /** What a client was offered whose socket was lost on the way may never have come. */
  offerAgain(): void {
    if (this.#offered) this.offer(this.#offered);
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#restart);
    for (const forward of this.#forwards.values()) forward.pause();
    this.#forwards.clear();
    void this.#connection.close().catch(() => undefined);
  }

  /** One that another track has left, so that the description grows with those who are there, not with time. */
  #placeFor(kind: 'audio' | 'video'): RTCRtpTransceiver {
    // Until the client has agreed that it is empty it would not notice that another track is there.
    const index = this.#free.findIndex(
      (place) => place.kind === kind && place.currentDirection === 'inactive',
    );
    const [place] = index < 0 ? [] : this.#free.splice(index, 1);
    return place ?? this.#connection.addTransceiver(kind, { direction: 'sendonly' });
  }

  #startAgain(): void {
    this.#restart = undefined;
    if (this.#connection.connectionState === 'failed') void this.#negotiate({ iceRestart: true });
  }

  /**
   * One offer at a time, and none while the first one is being acted upon, which werift does not survive; what has changed
   * meanwhile is in the next one.
   */
  async #negotiate({ iceRestart = false }: { readonly iceRestart?: boolean } = {}): Promise<void> {
    this.#isStale = true;
    const isReady = this.#isFirst || iceRestart || this.#connection.connectionState === 'connected';
    if (this.#offered || this.#isBusy || this.#isClosed || !isReady) return;
    this.#isStale = false;
    if (!this.#settle() && !this.#isFirst && !iceRestart) return;
    this.#isFirst = false;
    this.#isBusy = true;
    try {
      const connection = this.#connection;
      await connection.setLocalDescription(await connection.createOffer({ iceRestart }));
      this.#offered = { type: 'offer', sdp: describe(connection, this.server) };
      this.offer(this.#offered);
    } catch {
      // Closed meanwhile.
    } finally {
      this.#isBusy = false;
    }
  }

  /** @returns whether there is such a track */
  #grant({ trackId, wanted }: Wish): boolean {
    const forward = [...this.#forwards.values()].find(({ track }) => track.id === trackId);
    if (wanted) forward?.resume();
    else forward?.pause();
    return forward !== undefined;
  }
}
