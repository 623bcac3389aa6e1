/** Cameras, microphones and speakers that are there now, as soon as the person has allowed to see them. */
import { type ReadonlySignal, signal } from '@preact/signals';

export interface DeviceList {
  readonly all: ReadonlySignal<readonly MediaDeviceInfo[]>;
  /** After a permission, which gives devices their names. Never throws. */
  look(): Promise<readonly MediaDeviceInfo[]>;
  /** Told with what is there, whenever something was plugged in or out. */
  onChange(told: (now: readonly MediaDeviceInfo[]) => void): void;
}

export function createDeviceList(): DeviceList {
  const all = signal<readonly MediaDeviceInfo[]>([]);
  const look = async (): Promise<readonly MediaDeviceInfo[]> => {
    const found = await navigator.mediaDevices?.enumerateDevices?.().catch(() => []);
    // Before permission they have neither names nor ids. Windows lists the device for calls a second time.
    return (all.value = (found ?? []).filter(({ deviceId }) => !['', 'communications'].includes(deviceId)));
  };
  return {
    all,
    look,
    onChange(told) {
      navigator.mediaDevices?.addEventListener?.('devicechange', () => void look().then(told));
    },
  };
}

export const KINDS = { camera: 'videoinput', microphone: 'audioinput', speaker: 'audiooutput' } as const;

export type DeviceKind = keyof typeof KINDS;

/** Something about a device that its owner has to know. */
export interface DeviceNews {
  readonly kind: DeviceKind;
  /** Another one is used because it went away; or it is back, and used again. */
  readonly what: 'fellBack' | 'cameBack';
  /** The name of the one that is used now; '' when it is not known. */
  readonly name: string;
}
