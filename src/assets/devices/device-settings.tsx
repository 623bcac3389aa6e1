/** Camera, microphone and speaker, and what is done to picture and sound: before a call and in it. */
import { useState } from 'preact/hooks';
import { Button } from '../parts/button';
import { Dialog } from '../parts/dialog';
import { Select } from '../parts/field';
import { Notice } from '../parts/notice';
import { text } from '../texts/text';
import { BackgroundNotice } from './background/background-notice';
import { backgroundStrength, chooseBackground, STRENGTHS } from './background/choice';
import { DeviceSelect, SpeakerSelect } from './device-select';
import { Level } from './level-bar';
import { chooseNoise, noiseReduction, REDUCTIONS } from './noise/choice';
import type { OwnMedia } from './own-media';
import { OwnPicture } from './own-picture';
import { playTestSound } from './test-sound';

export interface DeviceSettingsProps {
  readonly media: OwnMedia;
  readonly onClose: () => void;
}

export function DeviceSettings({ media, onClose }: DeviceSettingsProps) {
  const { camera, microphone, isDecided } = media;
  return (
    <Dialog title={text('devices.title')} onClose={onClose}>
      <div class="device-settings">
        <div class="stack">
          <div class="preview-picture device-picture">
            <OwnPicture media={media} />
          </div>
          {!isDecided.value && (
            <Button kind="primary" icon="camera" onClick={() => void media.openBoth()}>
              {text('preview.open')}
            </Button>
          )}
          <BackgroundNotice media={media} />
          <DeviceSelect media={media} device={camera} />
          <BackgroundSelect />
        </div>
        <div class="stack">
          <DeviceSelect media={media} device={microphone} />
          <Level device={microphone} isSaid={false} />
          <NoiseSelect media={media} />
          <SpeakerSelect media={media} />
          <TestSpeaker />
        </div>
      </div>
    </Dialog>
  );
}

const BACKGROUNDS = {
  off: 'background.off',
  slight: 'background.slight',
  strong: 'background.strong',
} as const;

function BackgroundSelect() {
  return (
    <div class="stack device-choice">
      <Select
        label={text('background.label')}
        value={backgroundStrength.value}
        options={STRENGTHS.map((value) => ({ value, label: text(BACKGROUNDS[value]) }))}
        onPick={(value) => chooseBackground(STRENGTHS.find((one) => one === value) ?? 'off')}
      />
      <p class="small soft">{text('background.hint')}</p>
    </div>
  );
}

const NOISES = { original: 'noise.original', standard: 'noise.standard', strong: 'noise.strong' } as const;
const NOISE_HINTS = {
  original: 'noise.originalHint',
  standard: 'noise.standardHint',
  strong: 'noise.strongHint',
} as const;

function NoiseSelect({ media }: { readonly media: OwnMedia }) {
  const reduction = noiseReduction.value;
  return (
    <div class="stack device-choice">
      <Select
        label={text('noise.label')}
        value={reduction}
        options={REDUCTIONS.map((value) => ({ value, label: text(NOISES[value]) }))}
        onPick={(value) => chooseNoise(REDUCTIONS.find((one) => one === value) ?? 'standard')}
      />
      <p class="small soft">{text(NOISE_HINTS[reduction])}</p>
      <div role="status">{media.noise.isUnable.value && <Notice>{text('noise.unable')}</Notice>}</div>
    </div>
  );
}

function TestSpeaker() {
  const [state, setState] = useState<'idle' | 'playing' | 'failed'>('idle');
  const play = (): void => {
    setState('playing');
    playTestSound().then(
      () => setState('idle'),
      () => setState('failed'),
    );
  };
  return (
    <div class="row">
      <Button icon="sound" busy={state === 'playing'} onClick={play}>
        {text('speaker.test')}
      </Button>
      <span class="small soft" role="status">
        {state === 'failed' && text('speaker.unable')}
      </span>
    </div>
  );
}
