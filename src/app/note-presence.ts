import type { WaitingRoomServices } from './services';

/**
 * The push channel says that somebody's browser connected or went away. Whoever waits for a host's decision
 * is put on, or taken off, the host's list.
 * Cost: none for anybody else; 1 read of the meeting, and 1 to 3 calls.
 */
export async function notePresence(
  { meetings, waitingRoom }: WaitingRoomServices,
  { identity, connected }: { readonly identity: string; readonly connected: boolean },
): Promise<void> {
  const meetingId = waitingRoom.meetingIdOf(identity);
  if (meetingId === undefined) return;
  const meeting = await meetings.find(meetingId, identity);
  if (!meeting || meeting.state === 'ended') return;
  await waitingRoom.presence(meeting, identity, connected);
}
