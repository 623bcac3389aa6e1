/** The peer connections between everybody and everybody: opened, relayed, replayed and closed; media never comes here. */
import type { ClientPeerConnection, PeerConnectionState } from './messages';
import { Pair } from './pair';

export interface Delivery<Peer> {
  readonly to: Peer;
  readonly state?: PeerConnectionState;
  /** Whose tracks it receives has changed: see `carries`. */
  readonly resubscribe?: true;
}

export class Mesh<Peer> {
  readonly #pairs = new Map<string, Pair<Peer>>();

  /** Answers what the newcomer must hear: an invitation to offer, for each of the others. */
  join(newcomer: Peer, others: readonly Peer[]): PeerConnectionState[] {
    return others.map((other) => this.#open(newcomer, other).invitation());
  }

  /** Passes on what `from` says of its connections; what it says of connections that are not here is dropped. */
  relay(from: Peer, states: readonly ClientPeerConnection[]): Delivery<Peer>[] {
    return states.flatMap((state) => {
      const pair = this.#pairs.get(state.id);
      if (!pair?.includes(from)) return [];
      const wasSettled = pair.isSettled;
      const verdict = pair.judge(from, state);
      if (verdict === 'restart') return this.#restart(pair);
      if (verdict === 'drop') return [];
      const to = pair.other(from);
      if (wasSettled || !pair.isSettled || !pair.isRebuilt) return [{ to, state: verdict }];
      return [
        { to, state: verdict, resubscribe: true },
        { to: from, resubscribe: true },
      ];
    });
  }

  /**
   * False while the connection of the two is rebuilt: neither may count as subscribed to the other's tracks then. A
   * client that is not told to let go of a track stays with the one of the dead connection, whatever comes later.
   */
  carries(one: Peer, other: Peer): boolean {
    const pair = this.#of(one).find((candidate) => candidate.includes(other));
    return !pair?.isRebuilt || pair.isSettled;
  }

  /**
   * The same for one who was away and tells all connections that it has. Those that cannot be healed are made anew:
   * one that had begun and that it lacks (it closed its end, or never heard of it, and cannot tell which), and one
   * for which its candidates may be lost.
   */
  sync(from: Peer, states: readonly ClientPeerConnection[]): Delivery<Peer>[] {
    const has = new Set(states.map(({ id }) => id));
    const broken = this.#of(from).filter((pair) =>
      has.has(pair.id) ? !pair.hasAllCandidates(from) : pair.isBegun,
    );
    return [...broken.flatMap((pair) => this.#restart(pair)), ...this.relay(from, states)];
  }

  /** All that one who was away must know of its connections; it closes those that are not named. */
  replay(to: Peer): PeerConnectionState[] {
    return this.#of(to).flatMap((pair) => pair.replayTo(to));
  }

  /** Closes the others' ends. */
  leave(peer: Peer): Delivery<Peer>[] {
    return this.#of(peer).map((pair) => {
      this.#pairs.delete(pair.id);
      return { to: pair.other(peer), state: closed(pair.id) };
    });
  }

  clear(): void {
    this.#pairs.clear();
  }

  #restart(pair: Pair<Peer>): Delivery<Peer>[] {
    const { id, offerer, answerer } = pair;
    this.#pairs.delete(id);
    const state = closed(id);
    return [
      { to: answerer, state, resubscribe: true },
      { to: offerer, state, resubscribe: true },
      { to: offerer, state: this.#open(offerer, answerer, true).invitation() },
    ];
  }

  #open(offerer: Peer, answerer: Peer, isRebuilt = false): Pair<Peer> {
    const pair = new Pair(offerer, answerer, isRebuilt);
    this.#pairs.set(pair.id, pair);
    return pair;
  }

  #of(peer: Peer): Pair<Peer>[] {
    return [...this.#pairs.values()].filter((pair) => pair.includes(peer));
  }
}

export const closed = (id: string): PeerConnectionState => ({ id, description: { type: 'close' } });
