/** What the others will see and hear: one's own picture, a level meter, and the switches for both. */
import { useEffect, useState } from 'preact/hooks';
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
  return (
    <section class="preview" aria-label={text('preview.title')}>
      <div class="preview-picture">
        {camera.track.value ? (
          <Picture track={camera.track.value} mirrored label={text('preview.you')} />
        ) : (
          <div class="preview-words" role="status">
            <p key={wordsInsteadOfPicture(media)}>{wordsInsteadOfPicture(media)}</p>
          </div>
        )}
        {isDecided.value ? (
          <div class="preview-switches">
            <Switch device={microphone} />
            <Switch device={camera} />
          </div>
        ) : (
          <Button class="preview-open" icon="camera" onClick={() => void media.openBoth()}>
            {text('preview.open')}
          </Button>
        )}
      </div>
      <Level device={microphone} />
      <Devices media={media} />
    </section>
  );
}

function wordsInsteadOfPicture({ camera, microphone, isDecided }: OwnMedia): string {
  if (camera.isOpening.value || microphone.isOpening.value) return text('preview.asking');
  if (camera.failure.value === 'refused' && microphone.failure.value === 'refused') {
    return text('both.refused');
  }
  return troubleWith(camera) ?? text(isDecided.value ? 'preview.cameraOff' : 'preview.undecided');
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
  const isOn = device.isOn.value;
  const ref = useLevel(isOn ? device.track.value : undefined);
  return (
    <div class="level">
      <Icon name={isOn ? 'microphone' : 'microphoneOff'} size={20} />
      <div class="level-bar" ref={ref} aria-hidden="true" />
      <span class="small soft" role="status">
        {troubleWith(device) ?? text(isOn ? 'level.speak' : 'level.muted')}
      </span>
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
  const microphones = choice(media.microphone, 'audioinput', 'devices.microphone');
  const cameras = choice(media.camera, 'videoinput', 'devices.camera');
  // Keeps its place while there is nothing to choose, so that nothing jumps when there is.
  if (!microphones && !cameras) return <div class="devices" />;
  return (
    <details class="devices">
      <summary>{text('devices.change')}</summary>
      <div class="devices-choices">
        {microphones}
        {cameras}
      </div>
    </details>
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
function troubleWith({ kind, failure }: OwnDevice): string | undefined {
  return failure.value && text(TROUBLES[kind][failure.value]);
}

/**
 * The same as a notice, where there is no preview to say it. What was wrong from the start has been said
 * before; over a call only news are told, and can be put away.
 */
export function Trouble({ device }: { readonly device: OwnDevice }) {
  const failure = device.failure.value;
  const [known, setKnown] = useState(failure);
  useEffect(() => {
    if (!failure) setKnown(undefined);
  }, [failure]);
  const words = troubleWith(device);
  if (words === undefined || failure === known) return null;
  return (
    <div role="status">
      <Notice
        kind="warning"
        actions={
          <Button class="button-small" onClick={() => setKnown(failure)}>
            {text('dialog.close')}
          </Button>
        }
      >
        {words}
      </Notice>
    </div>
  );
}
