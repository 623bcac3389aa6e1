/** Words for a camera or microphone that cannot be had. */
import { useEffect, useState } from 'preact/hooks';
import { Button } from '../parts/button';
import { Notice } from '../parts/notice';
import { text, type TextKey } from '../texts/text';
import type { CaptureFailure, Device } from './capture';
import type { OwnDevice } from './own-device';

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
export function troubleWith({ kind, failure }: OwnDevice): string | undefined {
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
