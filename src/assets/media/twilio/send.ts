/** What one sends to a Twilio room: the page's own tracks, whose names tell the others which source they are from. */
import { LocalAudioTrack, LocalVideoTrack, type Room } from 'twilio-video';
import type { Call, Sending, Source } from '../media';

type Tracks = Map<Source, LocalAudioTrack | LocalVideoTrack>;

/** Of the tracks of one source only the first is called like it: names are unique among all that one publishes. */
export const sourceOf = (trackName: string): string => trackName.replace(/\.\d+$/, '');

export function firstTracks(sending: Sending): Tracks {
  const tracks: Tracks = new Map();
  for (const source of ['camera', 'microphone', 'screen'] as const) {
    const track = sending[source];
    if (track) tracks.set(source, localTrack(source, source, track, sending.muted));
  }
  return tracks;
}

export function sendIn(
  { localParticipant: me }: Room,
  sent: Tracks,
  muted: boolean,
): Pick<Call, 'send' | 'mute'> {
  let isMuted = muted;
  let replacements = 0;
  return {
    async send(source, track) {
      const former = sent.get(source);
      if (former?.mediaStreamTrack === track) return;
      sent.delete(source);
      const fresh = track && localTrack(source, `${source}.${(replacements += 1)}`, track, isMuted);
      try {
        if (!fresh) return;
        sent.set(source, fresh);
        // While both are there the others see the former one, so nothing is missed between them.
        await me.publishTrack(fresh);
      } catch (error) {
        if (sent.get(source) === fresh) sent.delete(source);
        throw error;
      } finally {
        if (former) me.unpublishTrack(former);
      }
    },
    mute(wanted) {
      if (isMuted === wanted) return;
      isMuted = wanted;
      const microphone = sent.get('microphone');
      if (!microphone) return;
      // The SDK tells the others of what it changes itself, and the page may have done so before.
      microphone.mediaStreamTrack.enabled = wanted;
      microphone.enable(!wanted);
    },
  };
}

function localTrack(
  source: Source,
  name: string,
  track: MediaStreamTrack,
  isMuted: boolean,
): LocalAudioTrack | LocalVideoTrack {
  if (source !== 'microphone') return new LocalVideoTrack(track, { name });
  return new LocalAudioTrack(track, { name }).enable(!isMuted);
}
