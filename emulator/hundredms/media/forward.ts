/** One published track on its way to one client, through a place (an m-section) of that client's connection. */
import type { RTCRtpTransceiver } from './connections';
import type { PublishedTrack } from './published-track';

export class Forward {
  #stop: (() => void) | undefined;
  readonly #unsubscribe: () => void;

  constructor(
    readonly track: PublishedTrack,
    streamId: string,
    readonly place: RTCRtpTransceiver,
  ) {
    const { sender } = place;
    // By these ids the client knows whose track it is.
    Object.assign(sender, { trackId: track.id, streamIds: [streamId] });
    place.setDirection('sendonly');
    ({ unSubscribe: this.#unsubscribe } = sender.onPictureLossIndication.subscribe(() => {
      if (this.#stop) track.requestKeyframe();
    }));
    // Sound goes to everybody until somebody wants none; a picture to whoever asks for it.
    if (track.kind === 'audio') this.resume();
  }

  /** From the next packet on, numbered as if nothing had been missing. */
  resume(): void {
    if (this.#stop) return;
    const { sender } = this.place;
    let isFirst = true;
    this.#stop = this.track.forwardTo((packet) => {
      if (isFirst) sender.replaceRTP(packet.header);
      isFirst = false;
      void sender.sendRtp(packet).catch(() => undefined);
    });
    this.track.requestKeyframe();
  }

  pause(): void {
    this.#stop?.();
    this.#stop = undefined;
  }

  /** The place may be taken by another track. */
  end(): void {
    this.pause();
    this.#unsubscribe();
    this.place.setDirection('inactive');
  }
}
