/** What the others are sent of one's camera, microphone and screen: always the tracks that there are now. */
import { effect, type ReadonlySignal } from '@preact/signals';
import type { OwnMedia } from '../devices/own-media';
import type { Call, Sending, Source } from '../media/media';

export const sendingNow = ({ camera, microphone }: OwnMedia): Sending => ({
  camera: camera.track.value,
  microphone: microphone.track.value,
  muted: !microphone.isOn.value,
});

type Tracks = ReadonlySignal<MediaStreamTrack | undefined>;

/**
 * Sends whatever comes in the place of a track, once there is a way to send it. What could not be sent is tried again
 * with the next change and when the connection is back; the call itself says when it is over.
 * @returns stops it
 */
export function keepSending(
  call: Call,
  { camera, microphone }: OwnMedia,
  screen: Tracks,
  connection: ReadonlySignal<'connected' | 'reconnecting'>,
): () => void {
  let isOver = false;
  const follow = (source: Source, tracks: Tracks): (() => void) => {
    let last = Promise.resolve();
    return effect(() => {
      const track = tracks.value;
      if (connection.value !== 'connected') return;
      // Others may have changed it while this one waited for its turn.
      const send = async (): Promise<void> => {
        if (!isOver && track === tracks.peek()) await call.send(source, track);
      };
      last = last.then(send).catch(() => undefined);
    });
  };
  const stops = [
    follow('camera', camera.track),
    follow('microphone', microphone.track),
    follow('screen', screen),
    effect(() => call.mute(!microphone.isOn.value)),
  ];
  return () => {
    isOver = true;
    for (const stop of stops) stop();
  };
}
