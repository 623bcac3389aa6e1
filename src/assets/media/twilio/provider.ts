/** Twilio Video. */
import { connect, LocalAudioTrack, LocalVideoTrack, Logger, type LocalTrack, type Room } from 'twilio-video';
import type { Call, JoinPass, Provider, Sending, Source } from '../media';
import { JoinFailure } from '../media';
import { dataTrack, hearData, sendOver } from './data';
import { departureOf } from './departure';
import { watchRoom } from './watch-room';

// Its log lines carry identities and session details, and belong to nobody's console.
Logger.getLogger('twilio-video').setLevel('silent');

export const provider: Provider = {
  async join(pass, sending, events) {
    if (!canCall()) throw new JoinFailure('unable');
    const tracks = sourcesOf(sending).map(([source, track]) => localTrack(source, track));
    if (sending.muted) for (const track of tracks) if (track.kind === 'audio') track.disable();
    const data = dataTrack();
    const room = await connectTo(pass, [...tracks, data]);
    hearData(room, events);
    watchRoom(room, events);
    return { ...callIn(room, tracks), sendData: (text) => sendOver(room, data, text) };
  },
};

/**
 * The SDK's own `isSupported` also wants a camera's API, which browsers hide from pages that came by plain http
 * from another machine. Those can still see and hear.
 */
const canCall = (): boolean => typeof RTCPeerConnection === 'function' && typeof WebSocket === 'function';

async function connectTo(pass: JoinPass, tracks: LocalTrack[]): Promise<Room> {
  try {
    return await connect(pass.token, {
      name: pass.room_id,
      tracks,
      dominantSpeaker: true,
      networkQuality: { local: 1, remote: 1 },
      bandwidthProfile: { video: { mode: 'collaboration' } },
      preferredVideoCodecs: 'auto',
      maxAudioBitrate: 32_000,
      ...pass.connect_options,
    });
  } catch (error) {
    throw new JoinFailure(departureOf(error) ?? 'lost');
  }
}

type Media = LocalAudioTrack | LocalVideoTrack;

function callIn(room: Room, first: readonly Media[]): Omit<Call, 'sendData'> {
  const sent = new Map<string, Media>(first.map((track) => [track.name, track]));
  let muted = first.some((track) => track.kind === 'audio' && !track.isEnabled);
  return {
    async send(source, track) {
      const former = sent.get(source);
      if (former?.mediaStreamTrack === track) return;
      sent.delete(source);
      if (former) room.localParticipant.unpublishTrack(former);
      if (!track) return;
      const fresh = localTrack(source, track);
      if (source === 'microphone' && muted) fresh.disable();
      sent.set(source, fresh);
      try {
        await room.localParticipant.publishTrack(fresh);
      } catch (error) {
        if (sent.get(source) === fresh) sent.delete(source);
        throw error;
      }
    },
    mute(wanted) {
      muted = wanted;
      const microphone = sent.get('microphone');
      if (wanted) microphone?.disable();
      else microphone?.enable();
    },
    leave: () => void room.disconnect(),
  };
}

const sourcesOf = (sending: Sending): [Source, MediaStreamTrack][] =>
  (['camera', 'microphone', 'screen'] as const).flatMap((source) => {
    const track = sending[source];
    return track ? [[source, track] as [Source, MediaStreamTrack]] : [];
  });

/** The track's name tells the others which source it is from. */
const localTrack = (source: Source, track: MediaStreamTrack): Media =>
  source === 'microphone'
    ? new LocalAudioTrack(track, { name: source })
    : new LocalVideoTrack(track, { name: source });
