/** A soft note for a message that nobody looks at. Browsers allow it once the page has been touched. */
import { playThroughSpeaker } from '../../devices/speaker';
import { effect, signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { keptInBrowser } from '../../keep/kept';
import type { Chat } from './chat';

const choice = keptInBrowser('chat-sound');

export const isChatHeard = signal(choice.read() !== 'no');

export function setChatHeard(heard: boolean): void {
  isChatHeard.value = heard;
  choice.keep(heard ? 'yes' : 'no');
  if (heard) play();
}

/** @param whileSeen also when the page is in sight */
export function useChatSound({ unread }: Chat, whileSeen: boolean): void {
  useEffect(() => {
    let before = unread.peek();
    return effect(() => {
      const now = unread.value;
      const isUnseen = whileSeen || document.visibilityState === 'hidden';
      if (now > before && isUnseen && isChatHeard.peek()) play();
      before = now;
    });
  }, [unread, whileSeen]);
}

const HERTZ = 880;
const SECONDS = 0.35;
const LOUDNESS = 0.08;
/** Of several at once, one is heard. */
const PAUSE_SECONDS = 1;

let context: AudioContext | undefined;
let last = -Infinity;

function play(): void {
  if (typeof AudioContext !== 'function' || !navigator.userActivation?.hasBeenActive) return;
  if (!context) {
    context = new AudioContext();
    playThroughSpeaker(context);
  }
  const now = context.currentTime;
  if (now - last < PAUSE_SECONDS) return;
  last = now;
  const note = context.createOscillator();
  const volume = context.createGain();
  note.frequency.value = HERTZ;
  volume.gain.setValueAtTime(0, now);
  volume.gain.linearRampToValueAtTime(LOUDNESS, now + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.001, now + SECONDS);
  note.connect(volume).connect(context.destination);
  note.start(now);
  note.stop(now + SECONDS);
}
