/** Which camera, microphone or speaker. */
import { Select } from '../parts/field';
import { text, type TextKey } from '../texts/text';
import { type DeviceKind, KINDS } from './device-list';
import type { OwnDevice } from './own-device';
import type { OwnMedia } from './own-media';
import { canChooseSpeaker, chooseSpeaker, speakerInUse } from './speaker';

const LABELS: Readonly<Record<DeviceKind, TextKey>> = {
  camera: 'devices.camera',
  microphone: 'devices.microphone',
  speaker: 'devices.speaker',
};

function optionsOf({ devices }: OwnMedia, kind: DeviceKind): { value: string; label: string }[] {
  return devices.value
    .filter((info) => info.kind === KINDS[kind])
    .map(({ deviceId, label }, index) => ({
      value: deviceId,
      label: label || text('devices.unnamed', { number: index + 1 }),
    }));
}

/** Keeps its place before the person has allowed to see which there are. */
export function DeviceSelect({ media, device }: { readonly media: OwnMedia; readonly device: OwnDevice }) {
  const options = optionsOf(media, device.kind);
  const isKnown = options.length > 0;
  return (
    <Select
      label={text(LABELS[device.kind])}
      value={isKnown ? (device.deviceId.value ?? device.opening().deviceId ?? '') : ''}
      options={isKnown ? options : [{ value: '', label: text('devices.unknown') }]}
      onPick={(id) => void (id && device.choose(id))}
    />
  );
}

/** Nothing where the system chooses, as on telephones. */
export function SpeakerSelect({ media }: { readonly media: OwnMedia }) {
  const options = optionsOf(media, 'speaker');
  if (!canChooseSpeaker()) return null;
  const isNamed = options.some(({ value }) => value === 'default');
  return (
    <Select
      label={text(LABELS.speaker)}
      value={speakerInUse.value || (isNamed ? 'default' : '')}
      options={isNamed ? options : [{ value: '', label: text('devices.defaultSpeaker') }, ...options]}
      onPick={chooseSpeaker}
    />
  );
}
