/** What has happened to one's own devices, over a call: each until it is put away or does not hold any more. */
import { useEffect } from 'preact/hooks';
import { Button } from '../parts/button';
import { Notice } from '../parts/notice';
import { text, type TextKey } from '../texts/text';
import { BackgroundNotice } from './background/background-notice';
import type { DeviceKind, DeviceNews } from './device-list';
import type { OwnMedia } from './own-media';
import { Trouble } from './trouble';

/** Good news need nothing to be done. */
const PUT_AWAY_MS = 12_000;

export function DeviceNotices({ media }: { readonly media: OwnMedia }) {
  return (
    <>
      <Trouble device={media.microphone} />
      <Trouble device={media.camera} />
      <BackgroundNotice media={media} />
      <DeviceNewsNotices media={media} />
    </>
  );
}

const NEWS: Readonly<Record<DeviceKind, Readonly<Record<DeviceNews['what'], TextKey>>>> = {
  camera: { fellBack: 'camera.fellBack', cameBack: 'camera.cameBack' },
  microphone: { fellBack: 'microphone.fellBack', cameBack: 'microphone.cameBack' },
  speaker: { fellBack: 'speaker.fellBack', cameBack: 'speaker.cameBack' },
};

export function DeviceNewsNotices({ media }: { readonly media: OwnMedia }) {
  return (
    <div role="status">
      {media.news.value.map((one) => (
        <NewsNotice key={`${one.kind}.${one.what}`} media={media} one={one} />
      ))}
    </div>
  );
}

function NewsNotice({ media, one }: { readonly media: OwnMedia; readonly one: DeviceNews }) {
  const putAway = (): void => {
    media.news.value = media.news.value.filter((other) => other !== one);
  };
  useEffect(() => {
    const timer = setTimeout(putAway, PUT_AWAY_MS);
    return () => clearTimeout(timer);
  }, [one]);
  return (
    <Notice
      actions={
        <Button class="button-small" onClick={putAway}>
          {text('dialog.close')}
        </Button>
      }
    >
      {text(NEWS[one.kind][one.what], { name: one.name || text('devices.another') })}
    </Notice>
  );
}
