/** 100ms. */
import { type JoinPass, JoinFailure, type Provider, whoIs } from '../media';
import { hearData, sendOver } from './data';
import { departureIn } from './departure';
import { createSdk, type Sdk } from './sdk';
import { sendIn } from './send';
import { watchRoom } from './watch-room';

/** Longer than any network takes that is good for a call. */
const JOINS_WITHIN_MS = 20_000;

export const provider: Provider = {
  async join(pass, sending, events) {
    // The SDK wants the API of cameras, which browsers hide from pages that came by plain http from elsewhere.
    if (typeof RTCPeerConnection !== 'function' || !('mediaDevices' in navigator))
      throw new JoinFailure('unable');
    const sdk = createSdk();
    const { actions } = sdk;
    await connect(sdk, pass);
    const stops = [hearData(sdk, events), watchRoom(sdk, pass.identity, events)];
    const { send, mute } = sendIn(actions, sending.muted);
    for (const source of ['microphone', 'camera', 'screen'] as const) {
      // Seeing the others does not wait for being seen; what fails is sent with the next change.
      void send(source, sending[source]).catch(() => undefined);
    }
    return {
      send,
      mute,
      sendData: (text) => sendOver(actions, text),
      leave: () => {
        for (const stop of stops) stop();
        void actions.leave();
      },
    };
  },
};

/** @throws JoinFailure */
async function connect({ actions, giveUpJoining }: Sdk, pass: JoinPass): Promise<void> {
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
