/** One client's stay in a room: its place, what it sends and receives, and the socket that it speaks through just now. */
import type { MediaServer } from '../media/connections';
import type { Description, Publisher } from '../media/publisher';
import type { PublishedTrack } from '../media/published-track';
import { Subscriber } from '../media/subscriber';
import type { Peer } from '../room';
import type { TrackState } from './messages';
import type { Wire } from './wire';

export interface TrackChanges {
  readonly added: Readonly<Record<string, TrackState>>;
  readonly removed: Readonly<Record<string, TrackState>>;
}

export class Stay {
  readonly #subscriber: Subscriber;

  constructor(
    readonly peer: Peer,
    private readonly publisher: Publisher,
    server: MediaServer,
    public wire: Wire | undefined,
  ) {
    this.#subscriber = new Subscriber(server, (offer) => this.notify('offer', offer));
  }

  notify(method: string, params: object): void {
    this.wire?.notify(method, params);
  }

  /** The same client, by another socket. */
  continueBy(wire: Wire): void {
    this.wire = wire;
    this.#subscriber.offerAgain();
  }

  /** What arrives of what the client has announced, with the ids of the streams. */
  get sent(): [PublishedTrack, string][] {
    return [...this.publisher.tracks.values()].flatMap((track) => {
      const state = this.peer.tracks.get(track.id);
      return state ? [[track, state.stream_id] as [PublishedTrack, string]] : [];
    });
  }

  /** @throws Error for a description that cannot be answered */
  async publish(
    offer: Description,
    announced: Readonly<Record<string, TrackState>>,
  ): Promise<{ answer: Description; changes: TrackChanges }> {
    const answer = await this.publisher.answer(offer);
    const { tracks } = this.peer;
    const isSent = (id: string): boolean => this.publisher.tracks.has(id);
    const removed = [...tracks].filter(([id]) => !isSent(id) || !Object.hasOwn(announced, id));
    const added = Object.entries(announced).filter(([id]) => isSent(id) && !tracks.has(id));
    for (const [id] of removed) tracks.delete(id);
    for (const [id, state] of added) tracks.set(id, state);
    return { answer, changes: { added: Object.fromEntries(added), removed: Object.fromEntries(removed) } };
  }

  /** @returns those of them that it sends */
  update(changed: Readonly<Record<string, TrackState>>): Readonly<Record<string, TrackState>> {
    const { tracks } = this.peer;
    const known = Object.entries(changed).filter(([id]) => tracks.has(id));
    for (const [id, { mute, description }] of known) {
      const former = tracks.get(id);
      if (former) tracks.set(id, { ...former, mute, description });
    }
    return Object.fromEntries(known.map(([id]) => [id, tracks.get(id) ?? changed[id]])) as Record<
      string,
      TrackState
    >;
  }

  /** Receives exactly these. */
  follow(tracks: readonly [PublishedTrack, string][]): void {
    this.#subscriber.follow(new Map(tracks));
  }

  /** @throws Error for a description that does not answer what was offered */
  answered(answer: Description): Promise<void> {
    return this.#subscriber.answered(answer);
  }

  /** The loudest of what it sends and has not muted; undefined for silence. */
  takeLevel(): { readonly trackId: string; readonly level: number } | undefined {
    const heard = this.sent
      .filter(([track]) => track.kind === 'audio' && this.peer.tracks.get(track.id)?.mute === false)
      .map(([track]) => ({ trackId: track.id, level: track.takeLevel() }));
    return heard.toSorted((a, b) => b.level - a.level)[0];
  }

  end(): void {
    this.publisher.close();
    this.#subscriber.close();
  }
}
