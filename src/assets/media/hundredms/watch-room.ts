/** Turns whatever happens in a 100ms room into our events. */
import {
  HMSNotificationTypes,
  HMSRoomState,
  selectConnectionQualities,
  selectPeersMap,
  selectRoomState,
  selectSpeakers,
  selectTracksMap,
} from '@100mslive/hms-video-store';
import { type CallEvents, type Participant, type Playable, whoIs } from '../media';
import { departureIn } from './departure';
import { type Actions, type Sdk, sdkTrack, type State } from './sdk';

type Peer = State['peers'][string];
type Track = State['tracks'][string];

/** @returns stops it, and says no more */
export function watchRoom(
  { actions, store, notifications }: Sdk,
  me: string,
  events: CallEvents,
): () => void {
  const playables = new Map<string, Playable>();
  const tell = (): void => events.participants(everybodyElse(store.getState(), me, actions, playables));
  const own = (peer: Pick<Peer, 'customerUserId'>): boolean => peer.customerUserId === me;
  const ends = [
    store.subscribe(tell, selectPeersMap),
    store.subscribe(tell, selectTracksMap),
    store.subscribe((qualities) => {
      const { room } = store.getState();
      events.quality(levelOf(qualities[room.localPeer]));
      tell();
    }, selectConnectionQualities),
    store.subscribe((speakers) => {
      const { peers } = store.getState();
      events.speaker(loudest(speakers, peers));
    }, selectSpeakers),
    store.subscribe((state) => {
      if (state === HMSRoomState.Reconnecting) events.connection('reconnecting');
      if (state === HMSRoomState.Connected) events.connection('connected');
    }, selectRoomState),
    notifications.onNotification(({ data }) => {
      if (data) silence(actions, data.id);
    }, HMSNotificationTypes.TRACK_ADDED),
    notifications.onNotification(({ data }) => {
      // The provider lets somebody in as often as they come; here it is once, where they came last.
      if (data && own(data)) end('elsewhere');
    }, HMSNotificationTypes.PEER_JOINED),
    notifications.onNotification(
      ({ data }) => end(data.roomEnded ? 'closed' : 'putOut'),
      [HMSNotificationTypes.ROOM_ENDED, HMSNotificationTypes.REMOVED_FROM_ROOM],
    ),
    notifications.onNotification(({ data }) => {
      if (data.isTerminal) end(departureIn(data));
    }, HMSNotificationTypes.ERROR),
  ];
  const stop = (): void => {
    for (const unsubscribe of ends.splice(0)) unsubscribe();
  };
  const end = (why: Parameters<CallEvents['over']>[0]): void => {
    stop();
    void actions.leave();
    events.over(why);
  };
  tell();
  return stop;
}

function everybodyElse(
  { peers, tracks, connectionQualities }: State,
  me: string,
  actions: Actions,
  playables: Map<string, Playable>,
): Participant[] {
  const others = Object.values(peers).filter((peer) => !peer.isLocal && peer.customerUserId !== me);
  const shown = others.map((peer): [string, Participant] => {
    const theirs = [peer.audioTrack, peer.videoTrack, ...peer.auxiliaryTracks].flatMap((id) => {
      const track = id === undefined ? undefined : tracks[id];
      return track?.enabled ? [track] : [];
    });
    const playable = (type: Track['type'], source: string): Playable | undefined => {
      const track = theirs.find((one) => one.type === type && one.source === source);
      if (!track) return undefined;
      const known = playables.get(track.id) ?? playableOf(track, actions);
      playables.set(track.id, known);
      return known;
    };
    const microphone = playable('audio', 'regular');
    const who = whoIs(peer.customerUserId || peer.id);
    return [
      who.id,
      {
        ...who,
        name: who.name || peer.name,
        camera: playable('video', 'regular'),
        screen: playable('video', 'screen'),
        microphone,
        isMuted: !microphone,
        isReconnecting: false,
        quality: levelOf(connectionQualities[peer.id]),
      },
    ];
  });
  // Who came again before they were gone is shown as they are now.
  return [...new Map(shown).values()];
}

/** Pictures are attached through the SDK, which only asks for those that are attached. */
const playableOf = ({ id, type }: Track, actions: Actions): Playable => ({
  attach(element) {
    if (type === 'video') {
      const picture = element as HTMLVideoElement;
      void actions.attachVideo(id, picture);
      return () => void actions.detachVideo(id, picture);
    }
    const track = actions.getNativeTrackById(id);
    element.srcObject = track ? new MediaStream([track]) : null;
    return () => (element.srcObject = null);
  },
});

/** The SDK plays everybody's sound by itself; the page plays it, too, and through the speaker that was chosen. */
function silence(actions: Actions, id: string): void {
  const element = sdkTrack(actions, id)?.getAudioElement?.();
  if (element) element.muted = true;
}

const levelOf = (quality: { downlinkQuality: number } | undefined): number | undefined =>
  quality === undefined || quality.downlinkQuality < 0 ? undefined : quality.downlinkQuality;

function loudest(speakers: State['speakers'], peers: State['peers']): string | undefined {
  const [first] = Object.values(speakers)
    .filter(({ peerID }) => peers[peerID]?.isLocal === false)
    .toSorted((a, b) => b.audioLevel - a.audioLevel);
  const identity = first && peers[first.peerID]?.customerUserId;
  return identity ? whoIs(identity).id : undefined;
}
