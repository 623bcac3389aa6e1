/**
 * What the pages need of a video provider, in words of their own. Each provider implements it in a folder
 * beside this file, loaded when somebody joins; nothing outside knows which one it is.
 */

import type { Departure } from './departure';
import type { NetworkReport } from './network';

export type Source = 'camera' | 'microphone' | 'screen';

/** What the server hands out to join with. There may be more in it, for its provider alone. */
export interface JoinPass {
  readonly room_id: string;
  readonly identity: string;
  /** As the others are shown it; unless given, it is part of the identity. */
  readonly name?: string;
  readonly token: string;
  readonly connect_options: Readonly<Record<string, unknown>>;
}

/** Something that plays in a media element. */
export interface Playable {
  /** @returns takes it out again */
  attach(element: HTMLMediaElement): () => void;
}

/** As much text as one `sendData` takes, in bytes of UTF-8: what every provider carries in one piece. */
export const MOST_DATA_BYTES = 8_000;

/** Somebody else in the room, as they are now. */
export interface Participant {
  /** Unique in the room: the part of the identity before the colon. */
  readonly id: string;
  readonly name: string;
  readonly isHost: boolean;
  readonly camera: Playable | undefined;
  readonly screen: Playable | undefined;
  readonly microphone: Playable | undefined;
  /** No microphone, or a muted one. */
  readonly isMuted: boolean;
  /** Their connection has broken and is being repaired. */
  readonly isReconnecting: boolean;
  /** 0 (broken) to 5 (excellent); undefined when nobody knows. */
  readonly quality: number | undefined;
}

export interface CallEvents {
  /** Everybody else, whenever anything about anybody has changed. */
  readonly participants: (all: readonly Participant[]) => void;
  readonly connection: (state: 'connected' | 'reconnecting') => void;
  /** 0 to 5; see {@link Participant.quality}. */
  readonly quality: (level: number | undefined) => void;
  /** Id of who speaks, as the provider sees it. */
  readonly speaker: (id: string | undefined) => void;
  /**
   * Text from somebody else, as they sent it: nothing in it is to be trusted.
   * @param from {@link Participant.id} of who sent it, as the provider says
   */
  readonly data: (from: string, text: string) => void;
  /** The call is over, other than by `leave`. Told once, and nothing after it. */
  readonly over: (why: Departure) => void;
}

/** An ongoing stay in a room. */
export interface Call {
  /** Sends this track from now on, in place of whatever was sent from the source; undefined sends none. */
  send(source: Source, track: MediaStreamTrack | undefined): Promise<void>;
  /** Tells the others, and sends silence; the microphone stays open. */
  mute(muted: boolean): void;
  /**
   * To everybody who is in the room now, each once. In the order of these calls as far as each comes when the one
   * before has settled.
   * @param text up to {@link MOST_DATA_BYTES}
   * @throws when it could not be handed over
   */
  sendData(text: string): Promise<void>;
  /** Also when the page goes away; the others see it at once. */
  leave(): void;
}

export interface Provider {
  /** @throws JoinFailure */
  join(pass: JoinPass, tracks: Sending, events: CallEvents): Promise<Call>;
  /**
   * Measures the way to the provider, for ten seconds or so. Missing where only a call can tell.
   * @param pass for a test, not for a call
   * @throws when `signal` is aborted
   */
  testNetwork?(pass: JoinPass, signal: AbortSignal): Promise<NetworkReport>;
}

/** What is sent from the start. */
export type Sending = Readonly<Partial<Record<Source, MediaStreamTrack | undefined>>> & {
  readonly muted: boolean;
};

export class JoinFailure extends Error {
  override readonly name = 'JoinFailure';

  constructor(readonly why: Departure) {
    super(why);
  }
}

/** Identities are `id:name`; hosts' ids begin with `host-`. */
export function whoIs(identity: string): Pick<Participant, 'id' | 'name' | 'isHost'> {
  const colon = identity.indexOf(':');
  const id = colon < 0 ? identity : identity.slice(0, colon);
  return { id, name: colon < 0 ? '' : identity.slice(colon + 1), isHost: id.startsWith('host-') };
}
