/** Twilio Video. */
import { connect, Logger, type LocalTrack, type Room } from 'twilio-video';
import { JoinFailure, type JoinPass, type Provider } from '../media';
import { dataTrack, hearData, sendOver } from './data';
import { departureOf } from './departure';
import { firstTracks, sendIn } from './send';
import { watchRoom } from './watch-room';

// Its log lines carry identities and session details, and belong to nobody's console.
Logger.getLogger('twilio-video').setLevel('silent');

export const provider: Provider = {
  testNetwork: async (pass, signal) => (await import('./network')).testNetwork(pass, signal),
  async join(pass, sending, events) {
    if (!canCall()) throw new JoinFailure('unable');
    const tracks = firstTracks(sending);
    const data = dataTrack();
    const room = await connectTo(pass, [...tracks.values(), data]);
    hearData(room, events);
    watchRoom(room, events);
    return {
      ...sendIn(room, tracks, sending.muted),
      sendData: (text) => sendOver(room, data, text),
      leave: () => void room.disconnect(),
    };
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
