/**
 * The way to 100ms: joins the room that it keeps for this, sends, and looks at how much of it gets there. The SDK has a
 * test like it, `startConnectivityCheck`, which opens the camera and takes twenty seconds.
 */
import { JoinFailure, type JoinPass } from '../media';
import { measureSending, pause } from '../measure';
import type { NetworkReport } from '../network';
import { createTestSignal } from '../test-signal';
import { connect } from './connect';
import { type Actions, canCall, createSdk, lend, sdkTrack } from './sdk';

const CONNECT_MS = 15_000;
/** The room's template, which is the vendor's, may allow less than a good picture needs, and the network more. */
const MOST_BITS_A_SECOND = 2_000_000;

/** @throws when `signal` is aborted, and where nothing can be said: this page cannot call, or the test was refused */
export async function testNetwork(pass: JoinPass, signal: AbortSignal): Promise<NetworkReport> {
  if (!canCall()) throw new JoinFailure('unable');
  const sdk = createSdk();
  const sent = createTestSignal();
  try {
    const joined = await Promise.race([
      connect(sdk, pass).then(() => 'joined' as const, reachedBefore),
      pause(CONNECT_MS, signal).then(() => 'nothing' as const),
    ]);
    return joined === 'joined' ? await measured(sdk.actions, sent.picture, signal) : { reached: joined };
  } finally {
    sdk.giveUpJoining();
    void sdk.actions.leave();
    sent.stop();
  }
}

/** How far it came that could not join. @throws what says nothing of the way */
function reachedBefore(error: unknown): 'nothing' | 'provider' {
  const why = error instanceof JoinFailure ? error.why : undefined;
  if (why === 'lost') return 'nothing';
  if (why === 'unable') return 'provider';
  throw error;
}

async function measured(
  actions: Actions,
  picture: MediaStreamTrack,
  signal: AbortSignal,
): Promise<NetworkReport> {
  const lent = lend(picture);
  try {
    await actions.addTrack(lent, 'regular');
  } catch {
    return { reached: 'provider' };
  }
  const sender = sdkTrack(actions, lent.id)?.transceiver?.sender;
  if (!sender) return { reached: 'provider' };
  await allowMore(sender).catch(() => undefined);
  return await measureSending(async () => [await sender.getStats()], signal);
}

async function allowMore(sender: RTCRtpSender): Promise<void> {
  const parameters = sender.getParameters();
  for (const encoding of parameters.encodings) encoding.maxBitrate = MOST_BITS_A_SECOND;
  await sender.setParameters(parameters);
}
