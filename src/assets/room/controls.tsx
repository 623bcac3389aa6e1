/** The bar below the tiles: microphone, camera, screen, whatever the page adds, and leave. */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { canShareScreen } from '../devices/capture';
import type { OwnDevice } from '../devices/own-device';
import type { OwnMedia } from '../devices/own-media';
import { Icon, type IconName } from '../parts/icon';
import { text } from '../texts/text';
import type { RoomSession } from './session';

export interface ControlProps {
  readonly icon: IconName;
  /** Below the icon. */
  readonly label: string;
  /** What a press does, for those who cannot see the icon; contains the label, for those who say it. */
  readonly name?: string;
  readonly look?: 'off' | 'active' | 'leave' | undefined;
  readonly badge?: number | undefined;
  readonly onClick: () => void;
}

export function Control({ icon, label, name, look, badge, onClick }: ControlProps) {
  return (
    <button type="button" class="control" data-look={look} aria-label={name ?? label} onClick={onClick}>
      <span class="control-icon" data-badge={badge || undefined}>
        <Icon name={icon} size={24} />
      </span>
      <span class="control-label">{label}</span>
    </button>
  );
}

/** What leaving is called, where it is not a meeting that is left. */
export type LeaveWords = Pick<ControlProps, 'label' | 'name'>;

export interface ControlsProps {
  readonly session: RoomSession;
  readonly media: OwnMedia;
  readonly onLeave: () => void;
  readonly leave?: LeaveWords | undefined;
  readonly children?: ComponentChildren;
}

const LEAVE_MEETING: LeaveWords = { label: text('controls.leave'), name: text('controls.leaveCall') };

export function Controls({ session, media, onLeave, leave = LEAVE_MEETING, children }: ControlsProps) {
  const [canShare] = useState(canShareScreen);
  return (
    <div class="controls" role="toolbar" aria-label={text('controls.title')}>
      <DeviceControl
        device={media.microphone}
        icons={['microphone', 'microphoneOff']}
        names={[text('microphone.turnOff'), text('microphone.turnOn')]}
        label={text('controls.microphone')}
      />
      <DeviceControl
        device={media.camera}
        icons={['camera', 'cameraOff']}
        names={[text('camera.turnOff'), text('camera.turnOn')]}
        label={text('controls.camera')}
      />
      {canShare && <ScreenControl session={session} />}
      {children}
      <Control icon="leave" {...leave} look="leave" onClick={onLeave} />
    </div>
  );
}

interface DeviceControlProps {
  readonly device: OwnDevice;
  readonly icons: readonly [on: IconName, off: IconName];
  readonly names: readonly [on: string, off: string];
  readonly label: string;
}

function DeviceControl({ device, icons, names, label }: DeviceControlProps) {
  const isOn = device.isOn.value;
  return (
    <Control
      icon={isOn ? icons[0] : icons[1]}
      name={isOn ? names[0] : names[1]}
      label={label}
      look={isOn ? undefined : 'off'}
      onClick={() => (isOn ? device.turnOff() : void device.turnOn())}
    />
  );
}

function ScreenControl({ session }: { readonly session: RoomSession }) {
  const isSharing = session.screen.value !== undefined;
  return (
    <Control
      icon="screen"
      label={text(isSharing ? 'controls.stop' : 'controls.screen')}
      name={text(isSharing ? 'screen.stop' : 'screen.share')}
      look={isSharing ? 'active' : undefined}
      onClick={() => (isSharing ? session.stopSharing() : void session.shareScreen().catch(() => undefined))}
    />
  );
}
