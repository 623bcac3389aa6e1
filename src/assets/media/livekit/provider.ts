/** LiveKit. */
import { LogLevel, Room, RoomEvent, setLogLevel } from 'livekit-client';
import { type JoinPass, JoinFailure, type Provider } from '../media';
import type { Departure } from '../departure';
import { addressOf } from './address';
import { hearData, sendOver } from './data';
import { refusalIn } from './departure';
import { sendIn } from './send';
import { watchRoom } from './watch-room';

// Its log lines carry identities and session details, and belong to nobody's console.
setLogLevel(LogLevel.silent);

export const provider: Provider = {
  testNetwork: async (pass, signal) => (await import('./network')).testNetwork(pass, signal),
  async join(pass, sending, events) {
    if (typeof RTCPeerConnection !== 'function') throw new JoinFailure('unable');
    const room = new Room({
      // Of pictures that are small or out of sight less is sent, or nothing.
      adaptiveStream: true,
      dynacast: true,
      // The page opens cameras and closes them, and says when it goes away.
      stopLocalTrackOnUnpublish: false,
      disconnectOnPageLeave: false,
    });
    await connect(room, pass);
    hearData(room, events);
    watchRoom(room, events);
    const { send, mute } = sendIn(room, sending.muted);
    for (const source of ['camera', 'microphone', 'screen'] as const) {
      // Seeing the others does not wait for being seen; what fails is sent with the next change.
      void send(source, sending[source]).catch(() => undefined);
    }
    return {
      send,
      mute,
      sendData: (text) => sendOver(room, text),
      leave: () => {
        room.removeAllListeners();
        void room.disconnect(false);
      },
    };
  },
};

/** @throws JoinFailure */
async function connect(room: Room, pass: JoinPass): Promise<void> {
  const { token, connect_options } = pass;
  const url = addressOf(pass);
  let isLetIn = false;
  room.once(RoomEvent.SignalConnected, () => (isLetIn = true));
  try {
    await room.connect(url, token, connect_options);
  } catch (error) {
    // Whoever was let in and then could not connect has no way for pictures and sound.
    const why = refusalIn(error) ?? (isLetIn ? 'unable' : await whyRefused(url, token));
    throw new JoinFailure(why);
  }
}

/**
 * Of a socket that did not open a browser says nothing, and the server, asked why, that the token is good: then
 * the room had no place, which it does not say.
 */
async function whyRefused(url: string, token: string): Promise<Departure> {
  try {
    const question = new URL(`${url.replace(/^ws/, 'http').replace(/\/$/, '')}/rtc/validate`);
    question.searchParams.set('access_token', token);
    return (await fetch(question)).ok ? 'full' : 'lost';
  } catch {
    return 'lost';
  }
}
