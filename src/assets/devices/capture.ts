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

/** How a picture is asked for; what shows less of it for a while comes back to this. */
export const PICTURE: MediaTrackConstraints = {
  width: { ideal: 1280 },
  height: { ideal: 720 },
  frameRate: { ideal: 24, max: 30 },
};

/** Without echoes the others could not bear it; the rest is for voices, and spoils music. */
const soundOf = (isOriginal: boolean): MediaTrackConstraints => ({
  echoCancellation: true,
  noiseSuppression: !isOriginal,
  autoGainControl: !isOriginal,
});

/** How to open a device. */
export interface Opening {
  /** As the person chose it; undefined: whichever the browser prefers. */
  readonly deviceId?: string | undefined;
  /** Of a microphone: as it sounds, for music. */
  readonly isOriginal?: boolean;
}

function constraintsFor(
  device: Device,
  { deviceId, isOriginal = false }: Opening = {},
): MediaStreamConstraints {
  const chosen = deviceId ? { deviceId: { exact: deviceId } } : {};
  return device === 'camera'
    ? { video: { ...PICTURE, ...chosen } }
    : { audio: { ...soundOf(isOriginal), ...chosen } };
}

/** Asks for permission if need be. @throws CaptureError */
export async function capture(device: Device, opening?: Opening): Promise<MediaStreamTrack> {
  const [track] = (await open(constraintsFor(device, opening))).getTracks();
  if (!track) throw new CaptureError('missing');
  return track;
}

/** Both at once, so that the browser asks once. @throws CaptureError when either cannot be had */
export async function captureBoth(
  how: Readonly<Record<Device, Opening>>,
): Promise<Record<Device, MediaStreamTrack>> {
  const stream = await open({
    ...constraintsFor('camera', how.camera),
    ...constraintsFor('microphone', how.microphone),
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
