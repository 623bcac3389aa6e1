/** What the others will see and hear: one's own picture, a level meter, and the switches for both. */
import { useLevel } from './level';
import type { OwnDevice } from './own-device';
import type { OwnMedia } from './own-media';
import { troubleWith } from './trouble';
import { Button } from '../parts/button';
import { Select } from '../parts/field';
import { Icon } from '../parts/icon';
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
      <Level device={microphone} isSaid={areBothRefused(media)} />
      <Devices media={media} />
    </section>
  );
}

function wordsInsteadOfPicture({ camera, microphone, isDecided }: OwnMedia): string {
  if (camera.isOpening.value || microphone.isOpening.value) return text('preview.asking');
  if (areBothRefused({ camera, microphone })) return text('both.refused');
  return troubleWith(camera) ?? text(isDecided.value ? 'preview.cameraOff' : 'preview.undecided');
}

/** Then it is said once, for both. */
const areBothRefused = ({ camera, microphone }: Pick<OwnMedia, 'camera' | 'microphone'>): boolean =>
  camera.failure.value === 'refused' && microphone.failure.value === 'refused';

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

function Level({ device, isSaid }: { readonly device: OwnDevice; readonly isSaid: boolean }) {
  const isOn = device.isOn.value;
  const ref = useLevel(isOn ? device.track.value : undefined);
  return (
    <div class="level">
      <Icon name={isOn ? 'microphone' : 'microphoneOff'} size={20} />
      <div class="level-bar" ref={ref} aria-hidden="true" />
      <span class="small soft" role="status">
        {(!isSaid && troubleWith(device)) || text(isOn ? 'level.speak' : 'level.muted')}
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
