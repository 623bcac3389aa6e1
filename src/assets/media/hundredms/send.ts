/** What one sends to a 100ms room: the page's own tracks, as if they were the SDK's. */
import type { Call, Source } from '../media';
import { type Actions, leaveAlone, lend, sdkTrack } from './sdk';

/** Cameras and microphones are told apart by what they are; other clients of 100ms know these two words. */
const SOURCES: Readonly<Record<Source, string>> = {
  camera: 'regular',
  microphone: 'regular',
  screen: 'screen',
};

interface Sent {
  readonly track: MediaStreamTrack;
  /** By which the SDK knows it, whatever has replaced it since. */
  readonly id: string;
}

/** @param muted whether a microphone is silent from the start */
export function sendIn(actions: Actions, muted: boolean): Pick<Call, 'send' | 'mute'> {
  const sent = new Map<Source, Sent>();
  let isMuted = muted;
  // The SDK negotiates one thing at a time.
  let last: Promise<unknown> = Promise.resolve();
  const next = (run: () => Promise<void>): Promise<void> => {
    const done = last.then(run);
    last = done.catch(() => undefined);
    return done;
  };

  const hush = async (): Promise<void> => {
    const microphone = sent.get('microphone');
    if (microphone) await actions.setEnabledTrack(microphone.id, !isMuted);
  };
  const send = async (source: Source, track: MediaStreamTrack | undefined): Promise<void> => {
    const former = sent.get(source);
    if (former?.track === track) return;
    if (former && track && (await isReplaced(actions, former.id, track))) {
      sent.set(source, { track, id: former.id });
      return;
    }
    sent.delete(source);
    if (former) await actions.removeTrack(former.id);
    if (!track) return;
    const lent = lend(track);
    if (source === 'microphone') lent.enabled = !isMuted;
    await actions.addTrack(lent, SOURCES[source]);
    leaveAlone(sdkTrack(actions, lent.id));
    sent.set(source, { track, id: lent.id });
    if (source === 'microphone') await hush();
  };
  return {
    send: (source, track) => next(() => send(source, track)),
    mute(wanted) {
      isMuted = wanted;
      void next(hush).catch(() => undefined);
    },
  };
}

/** Without a gap, and without a word to the others, who go on to see the same track. */
async function isReplaced(actions: Actions, id: string, track: MediaStreamTrack): Promise<boolean> {
  const known = sdkTrack(actions, id);
  if (!known?.transceiver) return false;
  const former = known.nativeTrack;
  const lent = lend(track);
  lent.enabled = former.enabled;
  try {
    await known.transceiver.sender.replaceTrack(lent);
  } catch {
    lent.stop();
    return false;
  }
  known.nativeTrack = lent;
  former.stop();
  return true;
}
