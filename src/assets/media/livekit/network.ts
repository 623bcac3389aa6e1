/** The way to LiveKit: joins a room of one's own, sends, and looks at how much of it gets there. */
import { Room, RoomEvent } from 'livekit-client';
import { measureSending, pause } from '../measure';
import type { JoinPass } from '../media';
import type { NetworkReport } from '../network';
import { createTestSignal } from '../test-signal';
import { addressOf } from './address';

const CONNECT_MS = 15_000;

/** @throws when `signal` is aborted */
export async function testNetwork(pass: JoinPass, signal: AbortSignal): Promise<NetworkReport> {
  const { token, connect_options } = pass;
  const room = new Room({ disconnectOnPageLeave: true });
  const sent = createTestSignal();
  let isLetIn = false;
  room.once(RoomEvent.SignalConnected, () => (isLetIn = true));
  try {
    const connected = await Promise.race([
      room.connect(addressOf(pass), token, { ...connect_options, autoSubscribe: false }).then(
        () => true,
        () => false,
      ),
      pause(CONNECT_MS, signal).then(() => false),
    ]);
    if (!connected) return { reached: isLetIn ? 'provider' : 'nothing' };
    const { track } = await room.localParticipant.publishTrack(sent.picture, { simulcast: false });
    return await measureSending(async () => {
      const report = await track?.getRTCStatsReport();
      return report ? [report] : [];
    }, signal);
  } catch (error) {
    if (signal.aborted) throw error;
    return { reached: 'provider' };
  } finally {
    void room.disconnect();
    sent.stop();
  }
}
