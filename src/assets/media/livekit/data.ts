/** Text between those in a LiveKit room: reliable data packets, under a topic of our own. */
import { type Room, RoomEvent } from 'livekit-client';
import { type CallEvents, whoIs } from '../media';

/** Other programs in the room may send data of theirs. */
const TOPIC = 'foyer';

/** @throws when there is no way to the room */
export const sendOver = ({ localParticipant }: Room, text: string): Promise<void> =>
  localParticipant.publishData(new TextEncoder().encode(text), { reliable: true, topic: TOPIC });

/** What a server sends, or somebody whom we have not been told of, is from nobody. */
export function hearData(room: Room, events: Pick<CallEvents, 'data'>): void {
  room.on(RoomEvent.DataReceived, (payload, participant, _kind, topic) => {
    if (!participant || topic !== TOPIC) return;
    events.data(whoIs(participant.identity).id, new TextDecoder().decode(payload));
  });
}
