/** What one sends to a LiveKit room: the page's own tracks, each under the source that it comes from. */
import { LocalAudioTrack, type LocalTrack, LocalVideoTrack, type Room, Track } from 'livekit-client';
import type { Call, Source } from '../media';

const SOURCES: Readonly<Record<Source, Track.Source>> = {
  camera: Track.Source.Camera,
  microphone: Track.Source.Microphone,
  screen: Track.Source.ScreenShare,
};

/** @param muted whether a microphone is silent from the start */
export function sendIn({ localParticipant: me }: Room, muted: boolean): Pick<Call, 'send' | 'mute'> {
  const sent = new Map<Source, LocalTrack>();
  let isMuted = muted;
  const hush = async (): Promise<void> => {
    const microphone = sent.get('microphone');
    if (!microphone || microphone.isMuted === isMuted) return;
    await (isMuted ? microphone.mute() : microphone.unmute());
  };
  return {
    async send(source, track) {
      const former = sent.get(source);
      if (former?.mediaStreamTrack === track) return;
      if (former && track && (await isReplaced(former, track))) return;
      sent.delete(source);
      if (former) await me.unpublishTrack(former, false);
      if (!track) return;
      const fresh = localTrack(source, track);
      sent.set(source, fresh);
      try {
        if (source === 'microphone') await hush();
        await me.publishTrack(fresh, { source: SOURCES[source] });
      } catch (error) {
        if (sent.get(source) === fresh) sent.delete(source);
        throw error;
      }
    },
    mute(wanted) {
      isMuted = wanted;
      void hush().catch(() => undefined);
    },
  };
}

/** Without a gap, unless the former one has fallen out of the connection. */
const isReplaced = (former: LocalTrack, track: MediaStreamTrack): Promise<boolean> =>
  former.replaceTrack(track, { userProvidedTrack: true }).then(
    () => true,
    () => false,
  );

/** The SDK's types lack an `undefined` that ours are strict about. */
const localTrack = (source: Source, track: MediaStreamTrack): LocalTrack =>
  (source === 'microphone' ? new LocalAudioTrack(track) : new LocalVideoTrack(track)) as LocalTrack;
