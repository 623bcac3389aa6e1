/** One stay in a room: the call, who else is there, and one's own camera, microphone and screen in it. */
import { effect, type ReadonlySignal, signal } from '@preact/signals';
import { captureScreen } from '../devices/capture';
import type { OwnMedia } from '../devices/own-media';
import { loadProvider } from '../media/load';
import type { Departure } from '../media/departure';
import { type JoinPass, type Participant, type Source, whoIs } from '../media/media';

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
  shareScreen(): Promise<void>;
  stopSharing(): void;
  leave(): void;
}

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
  const screen = signal<MediaStreamTrack>();
  const ends: (() => void)[] = [];
  let isOver = false;

  const end = (): void => {
    isOver = true;
    for (const stop of ends.splice(0)) stop();
    screen.value?.stop();
    screen.value = undefined;
  };

  const provider = await loadProvider(pass.provider);
  const call = await provider.join(
    pass,
    {
      camera: media.camera.track.value,
      microphone: media.microphone.track.value,
      muted: !media.microphone.isOn.value,
    },
    {
      participants: (all) => (participants.value = all),
      connection: (now) => (connection.value = now),
      quality: (level) => (quality.value = level),
      speaker: (id) => (speaker.value = id),
      data: () => undefined,
      over: (why) => {
        if (isOver) return;
        end();
        over(why);
      },
    },
  );
  ends.push(() => call.leave());
  // A track that cannot be sent now is sent with the next change; the call itself says when it is over.
  const follow = (source: Source, track: ReadonlySignal<MediaStreamTrack | undefined>): void => {
    let last = Promise.resolve();
    ends.push(
      effect(() => {
        const now = track.value;
        last = last.then(() => (isOver ? undefined : call.send(source, now))).catch(() => undefined);
      }),
    );
  };
  follow('camera', media.camera.track);
  follow('microphone', media.microphone.track);
  follow('screen', screen);
  ends.push(effect(() => call.mute(!media.microphone.isOn.value)));
  ends.push(leaveWithPage(end, () => over('lost')));

  return {
    self: { ...whoIs(pass.identity), ...(pass.name === undefined ? {} : { name: pass.name }) },
    participants,
    connection,
    quality,
    speaker,
    screen,
    async shareScreen() {
      const track = await captureScreen();
      if (!track) return;
      if (isOver) return track.stop();
      // The browser's own "Stop sharing" button.
      track.addEventListener('ended', () => (screen.value = undefined));
      screen.value = track;
    },
    stopSharing() {
      screen.value?.stop();
      screen.value = undefined;
    },
    leave: end,
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
