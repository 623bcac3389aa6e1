/** One stay in a room: the call, who else is there, and one's own camera, microphone and screen in it. */
import { type ReadonlySignal, signal } from '@preact/signals';
import type { OwnMedia } from '../devices/own-media';
import { createOwnScreen } from '../devices/own-screen';
import { loadProvider } from '../media/load';
import type { Departure } from '../media/departure';
import {
  type Call,
  type CallEvents,
  JoinFailure,
  type JoinPass,
  type Participant,
  whoIs,
} from '../media/media';
import { type Chat, createChat } from './chat/chat';
import { createHands, type Hands } from './hands/hands';
import { keepSending, sendingNow } from './sending';

/** What the server hands out to join with, and by which provider. */
export interface RoomPass extends JoinPass {
  readonly provider: string;
}

export interface RoomSession {
  readonly self: Pick<Participant, 'id' | 'name' | 'isHost'>;
  readonly participants: ReadonlySignal<readonly Participant[]>;
  readonly connection: ReadonlySignal<'connected' | 'reconnecting'>;
  readonly quality: ReadonlySignal<number | undefined>;
  readonly speaker: ReadonlySignal<string | undefined>;
  /** What one shows of one's own screen. */
  readonly screen: ReadonlySignal<MediaStreamTrack | undefined>;
  readonly chat: Chat;
  readonly hands: Hands;
  /** Nothing, while the browser is asking already. @throws CaptureError */
  shareScreen(): Promise<void>;
  stopSharing(): void;
  leave(): void;
}

/** How a stay may end after which nobody comes back to it. */
const FOR_GOOD: ReadonlySet<Departure | 'left'> = new Set(['left', 'closed', 'putOut', 'elsewhere']);

/**
 * @param over told once, when the call has ended other than by `leave`
 * @throws JoinFailure
 */
export async function enterRoom(
  pass: RoomPass,
  media: OwnMedia,
  over: (why: Departure) => void,
): Promise<RoomSession> {
  const participants = signal<readonly Participant[]>([]);
  const connection = signal<'connected' | 'reconnecting'>('connected');
  const quality = signal<number>();
  const speaker = signal<string>();
  const screen = createOwnScreen();
  const self = { ...whoIs(pass.identity), ...(pass.name === undefined ? {} : { name: pass.name }) };
  const ends: (() => void)[] = [];
  let call: Call | undefined;
  let ended: Departure | 'left' | undefined;

  const end = (why: Departure | 'left'): void => {
    if (ended) return;
    ended = why;
    for (const stop of ends.splice(0)) stop();
    screen.close();
    chat.stop(FOR_GOOD.has(why));
    hands.stop(FOR_GOOD.has(why));
  };
  const sendData = async (text: string): Promise<void> => {
    if (!call) throw new Error('Not in the room yet');
    await call.sendData(text);
  };
  const stay = { room: pass.room_id, self, participants, connection, sendData };
  const [chat, hands] = [createChat(stay), createHands(stay)];
  const events: CallEvents = {
    participants: (all) => {
      participants.value = all;
      if (!all.some(({ id }) => id === speaker.value)) speaker.value = undefined;
    },
    connection: (now) => (connection.value = now),
    quality: (level) => (quality.value = level),
    speaker: (id) => (speaker.value = id),
    data: (from, text) => {
      chat.hear(from, text);
      hands.hear(from, text);
    },
    over: (why) => {
      if (ended) return;
      end(why);
      // Whoever is still on the way in is told by the refusal.
      if (call) over(why);
    },
  };

  try {
    const provider = await loadProvider(pass.provider);
    const joined = await provider.join(pass, sendingNow(media), events);
    if (ended) {
      joined.leave();
      throw new JoinFailure(ended as Departure);
    }
    call = joined;
  } catch (error) {
    end('lost');
    throw error;
  }
  ends.push(() => call.leave(), keepSending(call, media, screen.track, connection));
  ends.push(
    leaveWithPage(
      () => end('lost'),
      () => over('lost'),
    ),
  );
  return {
    self,
    participants,
    connection,
    quality,
    speaker,
    screen: screen.track,
    chat,
    hands,
    shareScreen: screen.share,
    stopSharing: screen.stop,
    leave: () => end('left'),
  };
}

/** The others see at once that a tab was closed. A page that the browser brings back joins again. */
function leaveWithPage(leave: () => void, cameBack: () => void): () => void {
  const hide = (): void => {
    leave();
    addEventListener('pageshow', ({ persisted }) => persisted && cameBack(), { once: true });
  };
  addEventListener('pagehide', hide);
  return () => removeEventListener('pagehide', hide);
}
