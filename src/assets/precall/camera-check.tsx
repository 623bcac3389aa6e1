/** Whether there is a picture, and whether one can see somebody in it. */
import { useEffect, useState } from 'preact/hooks';
import { BackgroundNotice } from '../devices/background/background-notice';
import { DeviceSelect } from '../devices/device-select';
import type { OwnMedia } from '../devices/own-media';
import { OwnPicture } from '../devices/own-picture';
import { troubleWith } from '../devices/trouble';
import { Button } from '../parts/button';
import { text } from '../texts/text';
import { type Look, lookAt } from './look-at';
import { type Outcome, Step } from './step';

/** Sharp enough for a face that fills a screen. */
const SHARP_HEIGHT = 540;
const LOOK_MS = 2_000;

export function CameraCheck({ media }: { readonly media: OwnMedia }) {
  const { camera } = media;
  const track = camera.track.value;
  const look = useLook(track);
  const trouble = troubleWith(camera);
  const found = track && look ? judged(look) : undefined;
  return (
    <Step
      title={text('devices.camera')}
      outcome={trouble ? 'bad' : (found?.outcome ?? 'open')}
      words={
        trouble ??
        found?.words ??
        text(camera.isOn.value || !media.isDecided.value ? 'test.camera.looking' : 'preview.cameraOff')
      }
      advice={found?.advice}
    >
      <div class="preview-picture device-picture">
        <OwnPicture media={media} />
        {!media.isDecided.value && (
          <Button class="preview-open" icon="camera" onClick={() => void media.openBoth()}>
            {text('preview.open')}
          </Button>
        )}
      </div>
      <BackgroundNotice media={media} />
      <DeviceSelect media={media} device={camera} />
    </Step>
  );
}

function judged({ width, height, isDark }: Look): { outcome: Outcome; words: string; advice?: string } {
  const size = { width: String(width), height: String(height) };
  if (isDark)
    return { outcome: 'warning', words: text('test.camera.dark'), advice: text('test.camera.darkAdvice') };
  if (height < SHARP_HEIGHT) return { outcome: 'good', words: text('test.camera.soft', size) };
  return { outcome: 'good', words: text('test.camera.sharp', size) };
}

function useLook(track: MediaStreamTrack | undefined): Look | undefined {
  const [look, setLook] = useState<Look>();
  useEffect(() => {
    setLook(undefined);
    if (!track) return undefined;
    let isOver = false;
    const again = async (): Promise<void> => {
      const now = await lookAt(track);
      if (isOver) return;
      if (now) setLook(now);
      timer = setTimeout(() => void again(), LOOK_MS);
    };
    let timer = setTimeout(() => void again(), 0);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [track]);
  return look;
}
