/** 100ms. */
import { JoinFailure, type Provider } from '../media';
import { connect } from './connect';
import { hearData, sendOver } from './data';
import { canCall, createSdk } from './sdk';
import { sendIn } from './send';
import { watchRoom } from './watch-room';

export const provider: Provider = {
  testNetwork: async (pass, signal) => (await import('./network')).testNetwork(pass, signal),
  async join(pass, sending, events) {
    if (!canCall()) throw new JoinFailure('unable');
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
