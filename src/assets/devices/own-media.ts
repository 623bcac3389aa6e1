/** One's own camera and microphone together, and the list of devices to choose from. */
import { type Signal, signal } from '@preact/signals';
import { captureBoth, isGranted } from './capture';
import { createOwnDevice, type OwnDevice, wasOn } from './own-device';

export interface OwnMedia {
  readonly camera: OwnDevice;
  readonly microphone: OwnDevice;
  /** false until the person has decided about either. */
  readonly isDecided: Signal<boolean>;
  readonly devices: Signal<readonly MediaDeviceInfo[]>;
  /** Opens both, asking once. Never throws. */
  openBoth(): Promise<void>;
  /** As it was before a reload, or by itself where the browser would not ask. */
  resume(): Promise<void>;
  close(): void;
}

export function createOwnMedia(): OwnMedia {
  const camera = createOwnDevice('camera');
  const microphone = createOwnDevice('microphone');
  const isDecided = signal(false);
  const devices = signal<readonly MediaDeviceInfo[]>([]);

  const list = async (): Promise<void> => {
    const all = await navigator.mediaDevices?.enumerateDevices?.().catch(() => []);
    // Before permission they have neither names nor ids.
    devices.value = (all ?? []).filter(({ deviceId }) => deviceId !== '');
  };
  navigator.mediaDevices?.addEventListener?.('devicechange', () => void list());

  const openBoth = async (): Promise<void> => {
    isDecided.value = true;
    camera.isOpening.value = true;
    microphone.isOpening.value = true;
    try {
      const both = await captureBoth();
      camera.take(both.camera);
      microphone.take(both.microphone);
    } catch {
      // One of them may still be had: each is asked for, and says what is wrong with it.
      camera.isOpening.value = false;
      microphone.isOpening.value = false;
      await microphone.turnOn();
      await camera.turnOn();
    } finally {
      camera.isOpening.value = false;
      microphone.isOpening.value = false;
    }
    await list();
  };

  return {
    camera,
    microphone,
    isDecided,
    devices,
    openBoth,
    async resume() {
      const granted = (await isGranted('camera')) && (await isGranted('microphone'));
      const [cameraWas, microphoneWas] = [wasOn('camera'), wasOn('microphone')];
      if (cameraWas === undefined && microphoneWas === undefined) {
        if (granted) await openBoth();
        return;
      }
      isDecided.value = true;
      if (microphoneWas) await microphone.turnOn();
      if (cameraWas) await camera.turnOn();
      await list();
    },
    close() {
      camera.close();
      microphone.close();
    },
  };
}
