/**
 * Takes everything that is not a voice out of a microphone's sound: RNNoise, as WebAssembly in an audio worklet. It adds
 * 20 ms. https://jmvalin.ca/demo/rnnoise/
 */
import { RnnoiseWorkletNode } from '@sapphi-red/web-noise-suppressor';

export interface Suppression {
  readonly track: MediaStreamTrack;
  end(): void;
}

const WORKLET = '/effects/noise/workletProcessor.js';
const CODE = '/effects/noise/rnnoise_simd.wasm';
/** What it was trained with, in Hz. */
const SAMPLE_RATE = 48_000;
const PROOF_MS = 5_000;
const LOOK_MS = 20;

let code: Promise<ArrayBuffer> | undefined;

/** @throws Error when it does not come through, or this browser cannot run it */
async function loadCode(): Promise<ArrayBuffer> {
  code ??= fetch(CODE).then(async (answer) => {
    const bytes = await answer.arrayBuffer();
    if (!answer.ok || !WebAssembly.validate(bytes)) throw new Error('no code that runs here');
    return bytes;
  });
  try {
    return await code;
  } catch (error) {
    code = undefined;
    throw error;
  }
}

/**
 * Resolves only once sound has come through, so that not a word is lost by changing over.
 * @param failed told when it stops working
 * @throws Error when it does not work here
 */
export async function suppressNoise(microphone: MediaStreamTrack, failed: () => void): Promise<Suppression> {
  const wasmBinary = await loadCode();
  const context = new AudioContext({ sampleRate: SAMPLE_RATE });
  try {
    await context.audioWorklet.addModule(WORKLET);
    await running(context);
    const suppressor = new RnnoiseWorkletNode(context, { wasmBinary, maxChannels: 1 });
    await proof(context, suppressor);

    const mono = new GainNode(context, { channelCount: 1, channelCountMode: 'explicit' });
    const out = new MediaStreamAudioDestinationNode(context, { channelCount: 1 });
    context.createMediaStreamSource(new MediaStream([microphone])).connect(mono);
    mono.connect(suppressor).connect(out);
    const [track] = out.stream.getAudioTracks();
    if (!track) throw new Error('no way out');

    // Telephones take the sound away from pages while somebody calls.
    const look = (): void => void (context.state !== 'running' && failed());
    context.addEventListener('statechange', look);
    suppressor.addEventListener('processorerror', failed);
    return {
      track,
      end() {
        context.removeEventListener('statechange', look);
        suppressor.destroy();
        track.stop();
        void context.close();
      },
    };
  } catch (error) {
    void context.close();
    throw error;
  }
}

/** Browsers keep sound asleep until the page has been touched; until then the microphone is heard as it is. */
function running(context: AudioContext): Promise<void> {
  return new Promise((resolve) => {
    const wake = (): void => void context.resume().catch(() => undefined);
    const look = (): void => {
      if (context.state === 'suspended') return;
      removeEventListener('pointerdown', wake);
      removeEventListener('keydown', wake);
      resolve();
    };
    context.addEventListener('statechange', look);
    addEventListener('pointerdown', wake);
    addEventListener('keydown', wake);
    wake();
    look();
  });
}

/** The worklet says nothing when its code does not run: it stays silent. So it has to let a little noise through first. */
async function proof(context: AudioContext, suppressor: AudioNode): Promise<void> {
  const noise = new AudioBufferSourceNode(context, { loop: true });
  noise.buffer = new AudioBuffer({ length: SAMPLE_RATE, sampleRate: SAMPLE_RATE });
  noise.buffer.copyToChannel(
    Float32Array.from({ length: SAMPLE_RATE }, () => Math.random() * 0.2 - 0.1),
    0,
  );
  const ear = context.createAnalyser();
  noise.connect(suppressor).connect(ear);
  noise.start();
  const samples = new Float32Array(ear.fftSize);
  try {
    for (let waited = 0; waited < PROOF_MS; waited += LOOK_MS) {
      await new Promise((done) => setTimeout(done, LOOK_MS));
      ear.getFloatTimeDomainData(samples);
      if (samples.some((sample) => sample !== 0)) return;
    }
    throw new Error('nothing came through');
  } finally {
    noise.stop();
    noise.disconnect();
    suppressor.disconnect(ear);
  }
}
