/** The peer connections between everybody and everybody: opened, relayed, replayed and closed; media never comes here. */
import type { ClientPeerConnection, PeerConnectionState } from './messages';
import { Pair } from './pair';

export interface Delivery<Peer> {
  readonly to: Peer;
  readonly state: PeerConnectionState;
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
      const verdict = pair.judge(from, state);
      if (verdict === 'restart') return this.#restart(pair);
      return verdict === 'drop' ? [] : [{ to: pair.other(from), state: verdict }];
    });
  }

  /**
   * The same for one who was away and tells all connections that it has. One that had begun and that it lacks is made
   * anew: it closed its end, or never heard of it, and cannot tell which.
   */
  sync(from: Peer, states: readonly ClientPeerConnection[]): Delivery<Peer>[] {
    const has = new Set(states.map(({ id }) => id));
    const lacking = this.#of(from).filter((pair) => pair.isBegun && !has.has(pair.id));
    return [...lacking.flatMap((pair) => this.#restart(pair)), ...this.relay(from, states)];
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
      { to: answerer, state },
      { to: offerer, state },
      { to: offerer, state: this.#open(offerer, answerer).invitation() },
    ];
  }

  #open(offerer: Peer, answerer: Peer): Pair<Peer> {
    const pair = new Pair(offerer, answerer);
    this.#pairs.set(pair.id, pair);
    return pair;
  }

  #of(peer: Peer): Pair<Peer>[] {
    return [...this.#pairs.values()].filter((pair) => pair.includes(peer));
  }
}

export const closed = (id: string): PeerConnectionState => ({ id, description: { type: 'close' } });
