/** One's own camera and microphone together, what is done to picture and sound, and the devices to choose from. */
import { effect, type ReadonlySignal, type Signal, signal, untracked } from '@preact/signals';
import { type Background, createBackground } from './background/background';
import { captureBoth, isGranted } from './capture';
import { createDeviceList, type DeviceNews } from './device-list';
import { noiseReduction } from './noise/choice';
import { createNoise, type Noise } from './noise/noise';
import { createOwnDevice, type OwnDevice, wasOn } from './own-device';
import { noteSpeakers } from './speaker';

export interface OwnMedia {
  readonly camera: OwnDevice;
  readonly microphone: OwnDevice;
  readonly background: Pick<Background, 'isPreparing' | 'failure'>;
  readonly noise: Pick<Noise, 'isUnable'>;
  /** false until the person has decided about either. */
  readonly isDecided: Signal<boolean>;
  readonly devices: ReadonlySignal<readonly MediaDeviceInfo[]>;
  /** The last of each kind; whoever shows them takes them away. */
  readonly news: Signal<readonly DeviceNews[]>;
  /** Opens both, asking once. Never throws. */
  openBoth(): Promise<void>;
  /** As it was before a reload, or by itself where the browser would not ask. */
  resume(): Promise<void>;
  /** Gives both back; what is being opened just now, too. */
  close(): void;
}

export function createOwnMedia(): OwnMedia {
  const list = createDeviceList();
  const news = signal<readonly DeviceNews[]>([]);
  const tell = (one: DeviceNews): void => {
    news.value = [...news.value.filter(({ kind }) => kind !== one.kind), one];
  };
  const background = createBackground();
  const noise = createNoise();
  const camera = createOwnDevice({ kind: 'camera', list, treat: background.treat, tell });
  const microphone = createOwnDevice({
    kind: 'microphone',
    list,
    treat: noise.treat,
    isOriginal: () => noiseReduction.peek() === 'original',
    tell,
  });
  const isDecided = signal(false);
  list.onChange((now) => noteSpeakers(now, tell));
  reopenForMusic(microphone);
  /** How often all was given back: what was under way then is not wanted any more. */
  let closings = 0;

  const openBoth = async (): Promise<void> => {
    const before = closings;
    isDecided.value = true;
    camera.isOpening.value = true;
    microphone.isOpening.value = true;
    try {
      const both = await captureBoth({ camera: camera.opening(), microphone: microphone.opening() });
      if (before !== closings) {
        both.camera.stop();
        return both.microphone.stop();
      }
      camera.take(both.camera);
      microphone.take(both.microphone);
    } catch {
      if (before !== closings) return;
      // One of them may still be had: each is asked for, and says what is wrong with it.
      camera.isOpening.value = false;
      microphone.isOpening.value = false;
      await microphone.turnOn();
      if (before === closings) await camera.turnOn();
    } finally {
      if (before === closings) {
        camera.isOpening.value = false;
        microphone.isOpening.value = false;
      }
    }
    noteSpeakers(await list.look(), tell);
  };

  return {
    camera,
    microphone,
    background,
    noise,
    isDecided,
    devices: list.all,
    news,
    openBoth,
    async resume() {
      const before = closings;
      const granted = (await isGranted('camera')) && (await isGranted('microphone'));
      if (before !== closings) return;
      const [cameraWas, microphoneWas] = [wasOn('camera'), wasOn('microphone')];
      if (cameraWas === undefined && microphoneWas === undefined) {
        if (granted) await openBoth();
        return;
      }
      isDecided.value = true;
      if (microphoneWas) await microphone.turnOn();
      if (cameraWas && before === closings) await camera.turnOn();
      noteSpeakers(await list.look(), tell);
    },
    close() {
      closings += 1;
      camera.close();
      microphone.close();
    },
  };
}

/** What the browser itself does to the sound is settled when the microphone is opened. */
function reopenForMusic(microphone: OwnDevice): void {
  let wasOriginal: boolean | undefined;
  effect(() => {
    const isOriginal = noiseReduction.value === 'original';
    if (wasOriginal !== undefined && isOriginal !== wasOriginal) untracked(() => void microphone.reopen());
    wasOriginal = isOriginal;
  });
}
