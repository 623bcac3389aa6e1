/** A picture and a tone that nobody sees or hears: what a test of the connection sends. */

const WIDTH = 640;
const HEIGHT = 360;
const A_SECOND = 20;
const BLOCK = 16;

export interface TestSignal {
  readonly picture: MediaStreamTrack;
  readonly sound: MediaStreamTrack;
  stop(): void;
}

/** @throws Error where a page can make neither */
export function createTestSignal(): TestSignal {
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const on = canvas.getContext('2d', { alpha: false });
  const [picture] = canvas.captureStream(A_SECOND).getVideoTracks();
  const context = new AudioContext();
  const out = context.createMediaStreamDestination();
  const [sound] = out.stream.getAudioTracks();
  if (!on || !picture || !sound) throw new Error('no test signal');
  const tone = new OscillatorNode(context, { frequency: 440 });
  tone.connect(out);
  tone.start();
  // Nothing that repeats: a picture that is easy to send would tell nothing.
  const draw = (): void => {
    for (let y = 0; y < HEIGHT; y += BLOCK) {
      for (let x = 0; x < WIDTH; x += BLOCK) {
        on.fillStyle = `hsl(${Math.random() * 360} 70% ${Math.random() * 100}%)`;
        on.fillRect(x, y, BLOCK, BLOCK);
      }
    }
  };
  const timer = setInterval(draw, 1000 / A_SECOND);
  return {
    picture,
    sound,
    stop() {
      clearInterval(timer);
      picture.stop();
      sound.stop();
      void context.close();
    },
  };
}
