/** Three notes through the speaker that was chosen, to be asked about. */
import { playThroughSpeaker } from './speaker';

const NOTES_HZ = [523.3, 659.3, 784];
const NOTE_SECONDS = 0.28;
const LOUDNESS = 0.2;

/** To be called from a press of a button. Resolves when it has sounded; @throws Error where there is no sound. */
export async function playTestSound(): Promise<void> {
  const context = new AudioContext();
  const letGo = playThroughSpeaker(context);
  try {
    await context.resume();
    const start = context.currentTime + 0.05;
    for (const [index, hertz] of NOTES_HZ.entries()) note(context, hertz, start + index * NOTE_SECONDS);
    await new Promise((done) => setTimeout(done, 1000 * (NOTE_SECONDS * (NOTES_HZ.length + 1))));
  } finally {
    letGo();
    void context.close();
  }
}

function note(context: AudioContext, hertz: number, from: number): void {
  const tone = new OscillatorNode(context, { frequency: hertz });
  const volume = new GainNode(context, { gain: 0 });
  volume.gain.setValueAtTime(0, from);
  volume.gain.linearRampToValueAtTime(LOUDNESS, from + 0.03);
  volume.gain.exponentialRampToValueAtTime(0.001, from + 2 * NOTE_SECONDS);
  tone.connect(volume).connect(context.destination);
  tone.start(from);
  tone.stop(from + 2 * NOTE_SECONDS);
}
