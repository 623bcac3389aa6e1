/**
 * One peer connection between two participants, as the server sees it: who offered, what was answered, and what each
 * said last. The rules follow from `twilio-video/lib/signaling/v2/peerconnection.js`.
 */
import { randomUUID } from 'node:crypto';
import type { ClientPeerConnection, Description, Ice, PeerConnectionState } from './messages';

/** The last words of one side that were passed on, of each kind. */
interface Said {
  readonly offer?: Description;
  readonly answer?: Description;
  readonly ice?: Ice;
}

export type Verdict = PeerConnectionState | 'restart' | 'drop';

export class Pair<Peer> {
  readonly id = randomUUID();
  /** Makes the first offer, and it alone: told by `create-offer`. */
  readonly offerer: Peer;
  readonly answerer: Peer;
  /** It takes the place of a connection that could not be healed. */
  readonly isRebuilt: boolean;
  readonly #said = new Map<Peer, Said>();
  /** The offer that waits for its answer. */
  #pending: { readonly by: Peer; readonly revision: number } | null = null;
  /** Revision of the last answered offer. */
  #stable = 0;

  constructor(offerer: Peer, answerer: Peer, isRebuilt = false) {
    this.offerer = offerer;
    this.answerer = answerer;
    this.isRebuilt = isRebuilt;
  }

  includes(peer: Peer): boolean {
    return peer === this.offerer || peer === this.answerer;
  }

  other(peer: Peer): Peer {
    return peer === this.offerer ? this.answerer : this.offerer;
  }

  /** True once either has said anything. */
  get isBegun(): boolean {
    return this.#said.size > 0;
  }

  /** True once an offer was answered: each end has the other's tracks. */
  get isSettled(): boolean {
    return this.#stable > 0;
  }

  /**
   * False if candidates of this peer may have been lost with its socket. The client never repeats them, and with none
   * from the other side a browser waits for ever instead of failing.
   */
  hasAllCandidates(peer: Peer): boolean {
    const { offer, answer, ice } = this.#said.get(peer) ?? {};
    const latest = (offer?.revision ?? 0) > (answer?.revision ?? 0) ? offer : answer;
    const ufrag = /^a=ice-ufrag:(\S+)/m.exec(latest?.sdp ?? '')?.[1] ?? ice?.ufrag;
    return ice?.complete === true && ice.ufrag === ufrag;
  }

  /** What to do with what `from` says: pass the answer on to the other, drop it, or start afresh with a new pair. */
  judge(from: Peer, { description, ice }: ClientPeerConnection): Verdict {
    const verdict = description ? this.#judgeDescription(from, description) : 'drop';
    if (verdict === 'restart') return 'restart';
    const said = this.#said.get(from) ?? {};
    const newDescription = verdict === 'relay' ? description : undefined;
    const newIce = ice && mergeIce(said.ice, ice);
    if (!newDescription && !newIce) return 'drop';
    this.#said.set(from, {
      ...said,
      ...(newDescription && { [newDescription.type === 'offer' ? 'offer' : 'answer']: newDescription }),
      ...(newIce && { ice: newIce }),
    });
    return {
      id: this.id,
      ...(newDescription && { description: newDescription }),
      ...(newIce && { ice: newIce }),
    };
  }

  /**
   * What a peer that was away must hear of this pair, in this order. It closes an end that is not named. Old news is
   * harmless: the client ignores revisions that it knows.
   */
  replayTo(peer: Peer): PeerConnectionState[] {
    // Only the offering side makes its end before the other has spoken.
    if (!this.isBegun) return peer === this.offerer ? [this.invitation()] : [];
    const other = this.other(peer);
    const { offer, answer, ice } = this.#said.get(other) ?? {};
    // The answer even if an offer came after it: a client that never got its first answer keeps later offers waiting.
    const owed = [
      answer?.revision === this.#stable ? answer : undefined,
      this.#pending?.by === other ? offer : undefined,
    ].flatMap((description) => (description ? [{ id: this.id, description }] : []));
    return [...owed, { id: this.id, ...(ice && { ice }) }];
  }

  invitation(): PeerConnectionState {
    return { id: this.id, description: { type: 'create-offer', revision: 1 } };
  }

  #judgeDescription(from: Peer, { type, revision }: Description): 'relay' | 'drop' | 'restart' {
    // The client gave up on its end (ICE failed for good).
    if (type === 'close') return 'restart';
    return type === 'offer' ? this.#judgeOffer(from, revision) : this.#judgeAnswer(from, revision);
  }

  #judgeOffer(from: Peer, revision: number): 'relay' | 'drop' | 'restart' {
    if (revision <= this.#stable) return 'drop';
    if (this.#pending && this.#pending.by !== from) {
      // Glare: both offered. The first offer wins, and its receiver rolls back and offers again after answering. A
      // later revision can only come from one who answered; that answer was lost with a socket (the client sends
      // only its latest description), so this connection can never become stable.
      return revision > this.#pending.revision ? 'restart' : 'drop';
    }
    if (this.#pending && revision <= this.#pending.revision) return 'drop';
    this.#pending = { by: from, revision };
    return 'relay';
  }

  #judgeAnswer(from: Peer, revision: number): 'relay' | 'drop' {
    if (!this.#pending || this.#pending.by === from || this.#pending.revision !== revision) return 'drop';
    this.#stable = revision;
    this.#pending = null;
    return 'relay';
  }
}

/**
 * All candidates so far, because the receiver skips as many as it had before. The client's own list says so too, but
 * begins anew with each description. Undefined for old news.
 */
function mergeIce(before: Ice | undefined, now: Ice): Ice | undefined {
  if (before?.ufrag !== now.ufrag) return now;
  if (before.revision >= now.revision) return undefined;
  const known = new Set(before.candidates.map((candidate) => JSON.stringify(candidate)));
  const added = now.candidates.filter((candidate) => !known.has(JSON.stringify(candidate)));
  return { ...now, candidates: [...before.candidates, ...added] };
}
