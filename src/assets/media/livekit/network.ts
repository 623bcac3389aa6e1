/** The way to LiveKit: joins a room of one's own, sends, and looks at how much of it gets there. */
import { Room, RoomEvent } from 'livekit-client';
import { measureSending, pause } from '../measure';
import { JoinFailure, type JoinPass } from '../media';
import type { NetworkReport } from '../network';
import { createTestSignal } from '../test-signal';
import { addressOf } from './address';
import { refusalIn } from './departure';

const CONNECT_MS = 15_000;

/** @throws when `signal` is aborted, and where nothing can be said: this page cannot call, or the test was refused */
export async function testNetwork(pass: JoinPass, signal: AbortSignal): Promise<NetworkReport> {
  if (typeof RTCPeerConnection !== 'function') throw new JoinFailure('unable');
  const room = new Room({ disconnectOnPageLeave: true });
  const sent = createTestSignal();
  try {
    const reached = await connect(room, pass, signal);
    return reached === 'room' ? await measured(room, sent.picture, signal) : { reached };
  } finally {
    void room.disconnect();
    sent.stop();
  }
}

/** @throws when `signal` is aborted; JoinFailure for a refusal, which says nothing of the way */
async function connect(
  room: Room,
  pass: JoinPass,
  signal: AbortSignal,
): Promise<'room' | 'provider' | 'nothing'> {
  const { token, connect_options } = pass;
  let isLetIn = false;
  room.once(RoomEvent.SignalConnected, () => (isLetIn = true));
  const soFar = () => (isLetIn ? 'provider' : 'nothing');
  return await Promise.race([
    room.connect(addressOf(pass), token, { ...connect_options, autoSubscribe: false }).then(
      () => 'room' as const,
      (error: unknown) => {
        const refusal = refusalIn(error);
        if (refusal !== undefined) throw new JoinFailure(refusal);
        return soFar();
      },
    ),
    pause(CONNECT_MS, signal).then(soFar),
  ]);
}

async function measured(room: Room, picture: MediaStreamTrack, signal: AbortSignal): Promise<NetworkReport> {
  // One picture, as large as the network takes.
  const options = { simulcast: false };
  const publication = await room.localParticipant.publishTrack(picture, options).catch(() => undefined);
  if (!publication) return { reached: 'provider' };
  return await measureSending(async () => {
    const report = await publication.track?.getRTCStatsReport();
    return report ? [report] : [];
  }, signal);
}
