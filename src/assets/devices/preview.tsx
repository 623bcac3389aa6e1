/** What the others will see and hear: one's own picture, a level meter, and the switches for both. */
import { BackgroundNotice } from './background/background-notice';
import { DeviceNewsNotices } from './device-notices';
import { Level } from './level-bar';
import type { OwnDevice } from './own-device';
import type { OwnMedia } from './own-media';
import { areBothRefused, OwnPicture } from './own-picture';
import { DeviceSettingsButton } from './settings-button';
import { Button } from '../parts/button';
import { Icon } from '../parts/icon';
import { TestButton } from '../precall/test-button';
import { text } from '../texts/text';

export interface PreviewProps {
  readonly media: OwnMedia;
  /** Of the meeting that follows, if there is one: its connection can be tested. */
  readonly meetingId?: string | undefined;
}

export function Preview({ media, meetingId }: PreviewProps) {
  const { camera, microphone, isDecided } = media;
  return (
    <section class="preview" aria-label={text('preview.title')}>
      <div class="preview-picture">
        <OwnPicture media={media} />
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
      <BackgroundNotice media={media} />
      <DeviceNewsNotices media={media} />
      <Level device={microphone} isSaid={areBothRefused(media)} />
      <div class="preview-more">
        <DeviceSettingsButton media={media} />
        <TestButton media={media} meetingId={meetingId} />
      </div>
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
