/** Opens the settings of one's devices, which are loaded then. */
import type { FunctionComponent } from 'preact';
import { useState } from 'preact/hooks';
import { Icon } from '../parts/icon';
import { learn } from '../texts/language';
import { text } from '../texts/text';
import type { DeviceSettingsProps } from './device-settings';
import type { OwnMedia } from './own-media';

export function DeviceSettingsButton({ media }: { readonly media: OwnMedia }) {
  const [Settings, show] = useState<FunctionComponent<DeviceSettingsProps>>();
  const open = async (): Promise<void> => {
    const [{ DeviceSettings }] = await Promise.all([import('./device-settings'), learn('stage')]);
    show(() => DeviceSettings);
  };
  return (
    <>
      <button type="button" class="device-open" onClick={() => void open().catch(() => undefined)}>
        <Icon name="settings" size={20} />
        <span>{text('devices.open')}</span>
      </button>
      {Settings && <Settings media={media} onClose={() => show(undefined)} />}
    </>
  );
}
