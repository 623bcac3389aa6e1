/**
 * One end of a peer connection, negotiating as twilio-video's `PeerConnectionV2` does (offers, answers, glare, offers
 * again), but with lists of track names for SDP. Two ends agree when each has heard of all the other's tracks.
 */

export interface Description {
  readonly type: string;
  readonly revision: number;
  /** The sender's tracks, separated by spaces. */
  readonly sdp?: string;
}

/** All candidates come in one piece, once, right after the first description. */
export interface Candidates {
  readonly ufrag: string;
  readonly revision: number;
  readonly candidates: readonly string[];
  readonly complete: boolean;
}

export interface PeerState {
  readonly id: string;
  readonly description?: Description;
  readonly ice?: Candidates;
}

const tracksOf = (description: Description | undefined): string[] =>
  description?.sdp?.split(' ').filter(Boolean) ?? [];

export class Peer {
  readonly id: string;
  isClosed = false;
  /** What the other end said that it sends. */
  remoteTracks: string[] = [];
  /** Without the other's candidates no media would flow. */
  hasCandidates = false;
  readonly #tracks: () => string[];
  readonly #say: (state: PeerState) => void;
  #revision = 0;
  #stable = 0;
  #hasLocalOffer = false;
  #shouldOffer = false;
  #queued: Description | undefined;
  #local: Description | undefined;

  constructor(id: string, tracks: () => string[], say: (state: PeerState) => void) {
    this.id = id;
    this.#tracks = tracks;
    this.#say = say;
  }

  get isStable(): boolean {
    return !this.#hasLocalOffer && this.#stable > 0;
  }

  /** What is repeated when the socket comes back; undefined as long as nothing was said. */
  get state(): PeerState | undefined {
    if (!this.#local) return undefined;
    const revision = this.#local.type === 'answer' ? this.#stable : this.#revision;
    return { id: this.id, description: { ...this.#local, revision } };
  }

  /** After tracks came or went. */
  renegotiate(): void {
    if (this.#hasLocalOffer || this.#stable === 0) this.#shouldOffer = true;
    else this.#offer();
  }

  /** As if ICE had failed for good. */
  giveUp(): void {
    this.isClosed = true;
    this.#say({ id: this.id, description: { type: 'close', revision: this.#revision + 1 } });
  }

  receive({ description, ice }: PeerState): void {
    if (this.isClosed) return;
    if (ice) this.hasCandidates = true;
    if (description) this.#receive(description);
  }

  #receive(description: Description): void {
    switch (description.type) {
      case 'close':
        this.isClosed = true;
        return;
      case 'create-offer':
        if (description.revision <= this.#stable) return;
        if (this.#hasLocalOffer) this.#queued = description;
        else this.#offer(description.revision);
        return;
      case 'offer':
        return this.#receiveOffer(description);
      case 'answer':
        return this.#receiveAnswer(description);
      default:
        throw new Error(`a browser does not know ${description.type}`);
    }
  }

  #receiveOffer(offer: Description): void {
    if (offer.revision <= this.#stable) return;
    if (this.#hasLocalOffer && this.#stable === 0) {
      this.#queued = offer;
      return;
    }
    const isGlare = this.#hasLocalOffer;
    this.#hasLocalOffer = false;
    this.#revision = offer.revision;
    this.#answer(offer);
    if (isGlare && !this.#hasLocalOffer) this.#offer();
  }

  #answer(offer: Description): void {
    this.remoteTracks = tracksOf(offer);
    // An answer has room for as many tracks as were offered; the rest take an offer of one's own.
    const room = Math.max(this.remoteTracks.length, 1);
    this.#stable = this.#revision;
    this.#speak('answer', this.#tracks().slice(0, room));
    this.#afterwards();
  }

  #receiveAnswer(answer: Description): void {
    if (answer.revision !== this.#revision || !this.#hasLocalOffer) return;
    this.remoteTracks = tracksOf(answer);
    this.#stable = answer.revision;
    this.#hasLocalOffer = false;
    this.#afterwards();
  }

  #afterwards(): void {
    const queued = this.#queued;
    this.#queued = undefined;
    if (queued) this.#receive(queued);
    const isBehind = tracksOf(this.#local).join(' ') !== this.#tracks().join(' ');
    if (!this.#hasLocalOffer && (this.#shouldOffer || isBehind)) this.#offer();
  }

  #offer(revision = this.#revision): void {
    this.#shouldOffer = false;
    this.#hasLocalOffer = true;
    this.#revision = revision + 1;
    this.#speak('offer', this.#tracks());
  }

  #speak(type: string, tracks: readonly string[]): void {
    const isFirst = !this.#local;
    this.#local = { type, revision: this.#revision, sdp: tracks.join(' ') };
    this.#say({ id: this.id, description: this.#local });
    const ice = { ufrag: 'u', revision: 1, candidates: ['host'], complete: true };
    if (isFirst) this.#say({ id: this.id, ice });
  }
}
