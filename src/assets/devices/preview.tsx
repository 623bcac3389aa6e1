/** What the others will see and hear: one's own picture, a level meter, and the switches for both. */
import type { CaptureFailure, Device } from './capture';
import { useLevel } from './level';
import type { OwnDevice } from './own-device';
import type { OwnMedia } from './own-media';
import { Button } from '../parts/button';
import { Select } from '../parts/field';
import { Icon } from '../parts/icon';
import { Notice } from '../parts/notice';
import { Picture } from '../parts/tile';
import { text, type TextKey } from '../texts/text';

export function Preview({ media }: { readonly media: OwnMedia }) {
  const { camera, microphone, isDecided } = media;
  const isAsking = camera.isOpening.value || microphone.isOpening.value;
  return (
    <section class="preview stack" aria-label={text('preview.title')}>
      <div class="preview-picture">
        {camera.track.value ? (
          <Picture track={camera.track.value} mirrored label={text('preview.you')} />
        ) : (
          <p class="preview-empty">
            {isAsking
              ? text('preview.asking')
              : text(isDecided.value ? 'preview.cameraOff' : 'preview.undecided')}
          </p>
        )}
        {!isDecided.value && (
          <Button class="preview-open" icon="camera" onClick={() => void media.openBoth()}>
            {text('preview.open')}
          </Button>
        )}
        {isDecided.value && (
          <div class="preview-switches">
            <Switch device={microphone} />
            <Switch device={camera} />
          </div>
        )}
      </div>
      {isDecided.value && <Level device={microphone} />}
      <Trouble device={microphone} />
      <Trouble device={camera} />
      {isDecided.value && <Devices media={media} />}
    </section>
  );
}

const SWITCH = {
  camera: { on: 'camera', off: 'cameraOff', turnOn: 'camera.turnOn', turnOff: 'camera.turnOff' },
  microphone: {
    on: 'microphone',
    off: 'microphoneOff',
    turnOn: 'microphone.turnOn',
    turnOff: 'microphone.turnOff',
  },
} as const;

function Switch({ device }: { readonly device: OwnDevice }) {
  const words = SWITCH[device.kind];
  const isOn = device.isOn.value;
  return (
    <button
      type="button"
      class="round"
      data-off={!isOn}
      aria-label={text(isOn ? words.turnOff : words.turnOn)}
      title={text(isOn ? words.turnOff : words.turnOn)}
      onClick={() => (isOn ? device.turnOff() : void device.turnOn())}
    >
      <Icon name={isOn ? words.on : words.off} />
    </button>
  );
}

function Level({ device }: { readonly device: OwnDevice }) {
  const ref = useLevel(device.isOn.value ? device.track.value : undefined);
  return (
    <div class="level">
      <Icon name={device.isOn.value ? 'microphone' : 'microphoneOff'} size={20} />
      <div class="level-bar" ref={ref} aria-hidden="true" />
      <span class="small soft">{text(device.isOn.value ? 'level.speak' : 'level.muted')}</span>
    </div>
  );
}

function Devices({ media }: { readonly media: OwnMedia }) {
  const choice = (device: OwnDevice, kind: MediaDeviceKind, label: TextKey) => {
    const options = media.devices.value
      .filter((info) => info.kind === kind)
      .map(({ deviceId, label }, index) => ({
        value: deviceId,
        label: label || text('devices.unnamed', { number: index + 1 }),
      }));
    if (options.length < 2) return null;
    const current = device.track.value?.getSettings().deviceId ?? '';
    return (
      <Select label={text(label)} value={current} options={options} onPick={(id) => void device.choose(id)} />
    );
  };
  return (
    <div class="devices">
      {choice(media.microphone, 'audioinput', 'devices.microphone')}
      {choice(media.camera, 'videoinput', 'devices.camera')}
    </div>
  );
}

const TROUBLES: Readonly<Record<Device, Readonly<Record<CaptureFailure, TextKey>>>> = {
  camera: {
    refused: 'camera.refused',
    missing: 'camera.missing',
    busy: 'camera.busy',
    lost: 'camera.lost',
    insecure: 'camera.insecure',
    unsupported: 'camera.unsupported',
  },
  microphone: {
    refused: 'microphone.refused',
    missing: 'microphone.missing',
    busy: 'microphone.busy',
    lost: 'microphone.lost',
    insecure: 'microphone.insecure',
    unsupported: 'microphone.unsupported',
  },
};

/** What is wrong with it, and what to do. */
export function Trouble({ device }: { readonly device: OwnDevice }) {
  const failure = device.failure.value;
  if (!failure) return null;
  const again = (
    <Button class="button-small" onClick={() => void device.turnOn()}>
      {text('again')}
    </Button>
  );
  return (
    <div role="status">
      <Notice
        kind="warning"
        actions={failure === 'insecure' || failure === 'unsupported' ? undefined : again}
      >
        {text(TROUBLES[device.kind][failure])}
      </Notice>
    </div>
  );
}
