/** Text between those in a Twilio room: a data track of each, which everybody else subscribes to. */
import { LocalDataTrack, type RemoteDataTrack, type RemoteParticipant, type Room } from 'twilio-video';
import { type CallEvents, whoIs } from '../media';

/** How long a message waits for a channel that is being opened: longer than any that opens at all. */
const OPENS_WITHIN_MS = 5_000;
const LOOK_AGAIN_MS = 50;

/** Ordered and reliable, which is what the SDK makes unless told otherwise. */
export const dataTrack = (): LocalDataTrack => new LocalDataTrack({ name: 'data' });

/** @throws when the room is away, or no way to it opens in time */
export async function sendOver(room: Room, track: LocalDataTrack, text: string): Promise<void> {
  const deadline = performance.now() + OPENS_WITHIN_MS;
  for (;;) {
    if (room.state !== 'connected') throw new Error(`The room is ${room.state}`);
    if (!isOpening(room, track)) return track.send(text);
    if (performance.now() > deadline) throw new Error('The data channel does not open');
    await new Promise((later) => setTimeout(later, LOOK_AGAIN_MS));
  }
}

/** As the SDK has it inside: a channel for each connection, with what is published being a copy of what was made. */
interface Sender {
  readonly _dataChannels?: Iterable<RTCDataChannel>;
  readonly _clones?: Iterable<Sender>;
}

/**
 * What is sent over a channel that is not open yet, or over none, is lost without a word, and the SDK's documented
 * interface does not say which are open. Without the properties that do, messages are sent at once.
 */
function isOpening({ participants }: Room, track: LocalDataTrack): boolean {
  const { _trackSender: sender } = track as { _trackSender?: Sender };
  if (!sender?._dataChannels || !sender._clones) return false;
  const states = [sender, ...sender._clones].flatMap(({ _dataChannels: channels = [] }) =>
    Array.from(channels, ({ readyState }) => readyState),
  );
  return states.includes('connecting') || (participants.size > 0 && !states.includes('open'));
}

export function hearData(room: Room, events: Pick<CallEvents, 'data'>): void {
  const hear = (track: RemoteDataTrack, { identity }: RemoteParticipant): void => {
    const { id } = whoIs(identity);
    track.on('message', (data) => {
      if (typeof data === 'string') events.data(id, data);
    });
  };
  for (const participant of room.participants.values()) {
    for (const { track } of participant.dataTracks.values()) if (track) hear(track, participant);
  }
  room.on('trackSubscribed', (track, _publication, participant) => {
    if (track.kind === 'data') hear(track, participant);
  });
}
