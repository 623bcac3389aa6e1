/** Turns whatever happens in a Twilio room into our events. */
import type { RemoteParticipant, RemoteTrack, Room } from 'twilio-video';
import { type CallEvents, type Participant, type Playable, type Source, whoIs } from '../media';
import { departureOf } from './departure';
import { sourceOf } from './send';

/** Each of these may change what is shown of somebody. */
const CHANGES = [
  'participantConnected',
  'participantDisconnected',
  'participantReconnecting',
  'participantReconnected',
  'trackSubscribed',
  'trackUnsubscribed',
  'trackUnpublished',
  'trackEnabled',
  'trackDisabled',
] as const;

export function watchRoom(room: Room, events: CallEvents): void {
  const playables = new WeakMap<RemoteTrack, Playable>();
  const tell = (): void =>
    events.participants(
      [...room.participants.values()]
        .filter(({ state }) => state !== 'disconnected')
        .map((participant) => shown(participant, playables)),
    );
  for (const change of CHANGES) room.on(change as 'participantConnected', tell);
  const watchQuality = (participant: RemoteParticipant): void =>
    void participant.on('networkQualityLevelChanged', tell);
  room.participants.forEach(watchQuality);
  room.on('participantConnected', watchQuality);
  room.localParticipant.on('networkQualityLevelChanged', (level: number) => events.quality(level));

  room.on('dominantSpeakerChanged', (speaker: RemoteParticipant | null) =>
    events.speaker(speaker ? whoIs(speaker.identity).id : undefined),
  );
  room.on('reconnecting', () => events.connection('reconnecting'));
  room.on('reconnected', () => {
    events.connection('connected');
    tell();
  });
  room.on('disconnected', (left, error) => {
    // `leave` also ends here; it is the one that has nobody listening any more.
    left.removeAllListeners();
    events.over(departureOf(error) ?? 'putOut');
  });
  tell();
}

function shown(participant: RemoteParticipant, playables: WeakMap<RemoteTrack, Playable>): Participant {
  const publications = [...participant.tracks.values()];
  const playable = (source: Source): Playable | undefined => {
    const track = publications.find(
      (one) => sourceOf(one.trackName) === source && one.isTrackEnabled && one.track,
    )?.track;
    if (!track || track.kind === 'data') return undefined;
    const known = playables.get(track) ?? playableOf(track);
    playables.set(track, known);
    return known;
  };
  const microphone = playable('microphone');
  return {
    ...whoIs(participant.identity),
    camera: playable('camera'),
    screen: playable('screen'),
    microphone,
    isMuted: !microphone,
    isReconnecting: participant.state === 'reconnecting',
    quality: participant.networkQualityLevel ?? undefined,
  };
}

/** Attached through the SDK, which only asks for pictures that are looked at. */
const playableOf = (track: Exclude<RemoteTrack, { kind: 'data' }>): Playable => ({
  attach: (element) => {
    track.attach(element);
    return () => void track.detach(element);
  },
});
