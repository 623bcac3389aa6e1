/** One track as it arrives from who publishes it: packets to whoever takes them, and a way to ask for a whole picture. */
import type { MediaTrack, RTCRtpTransceiver, RtpPacket } from './connections';

/** A browser that is asked more often sends nothing but whole pictures, of which each is large. */
const KEYFRAME_MS = 300;
/** RFC 6464. */
const AUDIO_LEVEL = 'urn:ietf:params:rtp-hdrext:ssrc-audio-level';
/** dB below the loudest there can be. */
const SILENCE = 127;

type Take = (packet: RtpPacket) => void;

export class PublishedTrack {
  readonly kind: 'audio' | 'video';
  readonly #takers = new Set<Take>();
  readonly #source: MediaTrack;
  #askedAt = 0;
  #asking: NodeJS.Timeout | undefined;
  /** Loudest since it was last asked for. */
  #level = SILENCE;
  #end: (() => void) | undefined;

  constructor(
    readonly id: string,
    private readonly transceiver: RTCRtpTransceiver,
  ) {
    this.kind = transceiver.kind === 'audio' ? 'audio' : 'video';
    this.#source = transceiver.receiver.track;
    const { unSubscribe } = this.#source.onReceiveRtp.subscribe((packet, extensions) => {
      const heard = extensions?.[AUDIO_LEVEL] as { level?: number } | undefined;
      this.#level = Math.min(this.#level, heard?.level ?? SILENCE);
      packet.header.extensions = [];
      for (const take of this.#takers) take(packet);
    });
    this.#end = unSubscribe;
  }

  /** @returns ends it */
  forwardTo(take: Take): () => void {
    this.#takers.add(take);
    return () => this.#takers.delete(take);
  }

  /**
   * As RFC 4585 has it: who begins to look can do so once the next whole picture is there. Whoever asks too soon after
   * somebody else may have begun to look after that picture, so the question is put off, not dropped.
   */
  requestKeyframe(): void {
    const { ssrc } = this.#source;
    if (this.kind === 'audio' || ssrc === undefined || this.#asking) return;
    const wait = Math.max(this.#askedAt + KEYFRAME_MS - Date.now(), 0);
    this.#asking = setTimeout(() => {
      this.#asking = undefined;
      this.#askedAt = Date.now();
      void this.transceiver.receiver.sendRtcpPLI(ssrc).catch(() => undefined);
    }, wait).unref();
  }

  /** 0 to 100, of the loudest packet since the last question. */
  takeLevel(): number {
    const level = Math.round(((SILENCE - this.#level) / SILENCE) * 100);
    this.#level = SILENCE;
    return level;
  }

  end(): void {
    clearTimeout(this.#asking);
    this.#end?.();
    this.#end = undefined;
    this.#takers.clear();
  }
}
