/** One participant's side of the signalling: its socket if it has one, and the revisions of what it was told. */
import { randomUUID } from 'node:crypto';
import type { Participant, Track } from '../room';
import type { Connection } from './connection';
import type { ServerMessage } from './messages';

type Json = Readonly<Record<string, unknown>>;

export class Session {
  /** The client's proof, when it comes back, of having been here. */
  readonly id = randomUUID();
  readonly participant: Participant;
  connection: Connection | null = null;
  /** Of the client's own words about its tracks. */
  clientRevision = 0;
  readonly #subscribes: boolean;
  /** Of what others are told of this participant. */
  #revision = 1;
  #publishedRevision = 1;
  #subscribedRevision = 0;

  constructor(participant: Participant, subscribes: boolean) {
    this.participant = participant;
    this.#subscribes = subscribes;
  }

  /** Dropped if there is no socket: `synced` tells everything. */
  send(message: ServerMessage): void {
    this.connection?.send(message);
  }

  update(changes: Json): void {
    this.send({ type: 'update', session: this.id, ...changes });
  }

  /** What others are told must look newer than all that they were told before. */
  touch(): void {
    this.#revision += 1;
  }

  touchPublished(): void {
    this.#publishedRevision += 1;
  }

  /** This participant as others are shown it. */
  view(): Json {
    const { sid, identity, status, tracks } = this.participant;
    return { sid, identity, revision: this.#revision, state: status, tracks: [...tracks.values()] };
  }

  /** Its own tracks, under the SIDs that they got. */
  published(): Json {
    const tracks = [...this.participant.tracks.values()];
    return {
      revision: this.#publishedRevision,
      tracks: tracks.map(({ id, sid }) => ({ id, sid, state: 'ready' })),
    };
  }

  /** It receives all tracks of these others, or of nobody. Never the same revision twice. */
  subscribed(others: readonly Session[]): Json {
    this.#subscribedRevision += 1;
    const tracks: Track[] = this.#subscribes
      ? others.flatMap(({ participant }) => [...participant.tracks.values()])
      : [];
    return { revision: this.#subscribedRevision, tracks: tracks.map(({ id, sid }) => ({ id, sid })) };
  }

  /** What the room is to this participant, others and connections aside. */
  roomState(type: 'connected' | 'synced', sessionTimeoutSeconds: number): ServerMessage {
    const { room } = this.participant;
    const region = room.settings.mediaRegion;
    return {
      type,
      session: this.id,
      sid: room.sid,
      name: room.uniqueName,
      participant: this.view(),
      published: this.published(),
      recording: { revision: 1, is_recording: false },
      options: {
        session_timeout: sessionTimeoutSeconds,
        signaling_region: region,
        media_region: region,
        audio_processors: [],
      },
      // No dominant speaker, network quality or hints: a media server would measure them.
      media_signaling: {},
    };
  }
}
