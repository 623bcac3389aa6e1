/** Into a 100ms room, or why not. */
import { JoinFailure, type JoinPass, whoIs } from '../media';
import { departureIn } from './departure';
import type { Sdk } from './sdk';

/** Longer than any network takes that is good for a call. */
const JOINS_WITHIN_MS = 20_000;

/** @throws JoinFailure */
export async function connect({ actions, giveUpJoining }: Sdk, pass: JoinPass): Promise<void> {
  const { token: authToken, identity, name = whoIs(identity).name, connect_options } = pass;
  const patience = setTimeout(giveUpJoining, JOINS_WITHIN_MS);
  try {
    await actions.join({
      authToken,
      userName: name,
      // The page remembers what was chosen, and keeps the screen on.
      rememberDeviceSelection: false,
      autoManageWakeLock: false,
      // Which pictures are in sight the stage knows, and attaches no others.
      autoManageVideo: false,
      ...initEndpointIn(connect_options),
    });
  } catch (error) {
    throw new JoinFailure(departureIn(error));
  } finally {
    clearTimeout(patience);
  }
}

/** The SDK takes it apart at `https://`, and falls over one without; it asks the host in it, whatever follows. */
function initEndpointIn({ initEndpoint }: JoinPass['connect_options']): { initEndpoint?: string } {
  if (typeof initEndpoint !== 'string') return {};
  return { initEndpoint: initEndpoint.startsWith('https://') ? initEndpoint : `${initEndpoint}/#https://` };
}
