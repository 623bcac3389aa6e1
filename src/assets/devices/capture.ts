/** Opens a camera, a microphone or a screen, and says in our words why it could not. */

export type Device = 'camera' | 'microphone';

export type CaptureFailure =
  /** The person, the browser or the system has refused. */
  | 'refused'
  /** There is none. */
  | 'missing'
  /** Another program has it. */
  | 'busy'
  /** It was there, and was unplugged or taken away. */
  | 'lost'
  /** Browsers give cameras only to pages that come by https, or from this machine. */
  | 'insecure'
  | 'unsupported';

export class CaptureError extends Error {
  override readonly name = 'CaptureError';

  constructor(readonly failure: CaptureFailure) {
    super(failure);
  }
}

const FAILURES: Readonly<Record<string, CaptureFailure>> = {
  NotAllowedError: 'refused',
  SecurityError: 'refused',
  NotFoundError: 'missing',
  DevicesNotFoundError: 'missing',
  OverconstrainedError: 'missing',
  NotReadableError: 'busy',
  TrackStartError: 'busy',
  AbortError: 'busy',
};

/** @param deviceId as the person chose it; undefined: whichever the browser prefers */
function constraintsFor(device: Device, deviceId: string | undefined): MediaStreamConstraints {
  const chosen = deviceId ? { deviceId: { exact: deviceId } } : {};
  return device === 'camera'
    ? {
        video: {
          ...chosen,
          width: { ideal: 1280 },
          height: { ideal: 720 },
          frameRate: { ideal: 24, max: 30 },
        },
      }
    : { audio: { ...chosen, echoCancellation: true, noiseSuppression: true, autoGainControl: true } };
}

/** Asks for permission if need be. @throws CaptureError */
export async function capture(device: Device, deviceId?: string): Promise<MediaStreamTrack> {
  const [track] = (await open(constraintsFor(device, deviceId))).getTracks();
  if (!track) throw new CaptureError('missing');
  return track;
}

/** Both at once, so that the browser asks once. @throws CaptureError when either cannot be had */
export async function captureBoth(): Promise<Record<Device, MediaStreamTrack>> {
  const stream = await open({
    ...constraintsFor('camera', undefined),
    ...constraintsFor('microphone', undefined),
  });
  const [camera] = stream.getVideoTracks();
  const [microphone] = stream.getAudioTracks();
  if (!camera || !microphone) throw new CaptureError('missing');
  return { camera, microphone };
}

async function open(constraints: MediaStreamConstraints): Promise<MediaStream> {
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (!devices?.getUserMedia) throw new CaptureError(isSecureContext ? 'unsupported' : 'insecure');
  try {
    return await devices.getUserMedia(constraints);
  } catch (error) {
    throw new CaptureError(FAILURES[(error as Error).name] ?? 'busy');
  }
}

export const canShareScreen = (): boolean => typeof navigator.mediaDevices?.getDisplayMedia === 'function';

/** @returns undefined when the person thought better of it */
export async function captureScreen(): Promise<MediaStreamTrack | undefined> {
  try {
    const stream = await navigator.mediaDevices.getDisplayMedia({ video: { frameRate: { max: 15 } } });
    return stream.getVideoTracks()[0];
  } catch (error) {
    if ((error as Error).name === 'NotAllowedError') return undefined;
    throw new CaptureError(FAILURES[(error as Error).name] ?? 'busy');
  }
}

/** Whether the browser would open it without asking. Some do not tell. */
export async function isGranted(device: Device): Promise<boolean> {
  try {
    const { state } = await navigator.permissions.query({ name: device });
    return state === 'granted';
  } catch {
    return false;
  }
}
