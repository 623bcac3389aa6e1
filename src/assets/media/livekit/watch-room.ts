/** Turns whatever happens in a LiveKit room into our events. */
import {
  ConnectionQuality,
  ConnectionState,
  type Participant as Anybody,
  type RemoteParticipant,
  type RemoteTrack,
  type Room,
  RoomEvent,
  Track,
} from 'livekit-client';
import { type CallEvents, type Participant, type Playable, whoIs } from '../media';
import { departureFor } from './departure';

/** Each of these may change what is shown of somebody. */
const CHANGES = [
  RoomEvent.ParticipantConnected,
  RoomEvent.ParticipantDisconnected,
  RoomEvent.ParticipantNameChanged,
  RoomEvent.TrackSubscribed,
  RoomEvent.TrackUnsubscribed,
  RoomEvent.TrackUnpublished,
  RoomEvent.TrackMuted,
  RoomEvent.TrackUnmuted,
] as const;

/** On the scale of {@link Participant.quality}. */
const QUALITIES: Readonly<Record<ConnectionQuality, number | undefined>> = {
  [ConnectionQuality.Excellent]: 5,
  [ConnectionQuality.Good]: 4,
  [ConnectionQuality.Poor]: 1,
  [ConnectionQuality.Lost]: 0,
  [ConnectionQuality.Unknown]: undefined,
};

export function watchRoom(room: Room, events: CallEvents): void {
  const playables = new WeakMap<RemoteTrack, Playable>();
  const tell = (): void =>
    events.participants([...room.remoteParticipants.values()].map((one) => shown(one, playables)));
  for (const change of CHANGES) room.on(change, tell);
  room.on(RoomEvent.ConnectionQualityChanged, (quality: ConnectionQuality, whose: Anybody) =>
    whose.isLocal ? events.quality(QUALITIES[quality]) : tell(),
  );
  room.on(RoomEvent.ActiveSpeakersChanged, (speakers: Anybody[]) => {
    const loudest = speakers.find(({ isLocal }) => !isLocal);
    events.speaker(loudest && whoIs(loudest.identity).id);
  });
  room.on(RoomEvent.ConnectionStateChanged, (state: ConnectionState) => {
    if (state === ConnectionState.Disconnected) return;
    const isThere = state === ConnectionState.Connected;
    events.connection(isThere ? 'connected' : 'reconnecting');
    if (isThere) tell();
  });
  room.on(RoomEvent.Disconnected, (reason) => {
    room.removeAllListeners();
    events.over(departureFor(reason));
  });
  tell();
}

function shown(participant: RemoteParticipant, playables: WeakMap<RemoteTrack, Playable>): Participant {
  const playable = (source: Track.Source): Playable | undefined => {
    const publication = participant.getTrackPublication(source);
    const track = publication?.isMuted ? undefined : publication?.track;
    if (!track) return undefined;
    const known = playables.get(track) ?? playableOf(track);
    playables.set(track, known);
    return known;
  };
  const microphone = playable(Track.Source.Microphone);
  const who = whoIs(participant.identity);
  return {
    ...who,
    name: participant.name || who.name,
    camera: playable(Track.Source.Camera),
    screen: playable(Track.Source.ScreenShare),
    microphone,
    isMuted: !microphone,
    isReconnecting: participant.connectionQuality === ConnectionQuality.Lost,
    quality: QUALITIES[participant.connectionQuality],
  };
}

/** Attached through the SDK, which only asks for pictures that are looked at. */
const playableOf = (track: RemoteTrack): Playable => ({
  attach: (element) => {
    track.attach(element);
    return () => void track.detach(element);
  },
});
