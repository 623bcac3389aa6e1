/** Some systems blur the background themselves: then we do not do it a second time. */

/** https://w3c.github.io/mediacapture-extensions/#background-blur */
type WithBlur<Base, Value> = Base & { readonly backgroundBlur?: Value };

const isBlurred = (camera: MediaStreamTrack): boolean =>
  (camera.getSettings() as WithBlur<MediaTrackSettings, boolean>).backgroundBlur === true;

/**
 * Has the system do it, where it can.
 * @param stopped told when the system, for its own reasons, does it no more
 * @returns whether it does
 */
export async function blursItself(camera: MediaStreamTrack, stopped: () => void): Promise<boolean> {
  const able = (camera.getCapabilities?.() as WithBlur<MediaTrackCapabilities, boolean[]> | undefined)
    ?.backgroundBlur;
  if (!able?.includes(true)) return false;
  const constraints: WithBlur<MediaTrackConstraints, boolean> = {
    ...camera.getConstraints(),
    backgroundBlur: true,
  };
  await camera.applyConstraints(constraints).catch(() => undefined);
  if (!isBlurred(camera)) return false;
  camera.addEventListener('configurationchange', () => !isBlurred(camera) && stopped());
  return true;
}
