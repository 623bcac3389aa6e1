/** The bar below the tiles: microphone, camera, screen, the panels, what else there is, and leave. */
import { useRef } from 'preact/hooks';
import { canShareScreen, type Device } from '../devices/capture';
import type { OwnDevice } from '../devices/own-device';
import type { OwnMedia } from '../devices/own-media';
import type { IconName } from '../parts/icon';
import type { MenuItem } from '../parts/menu';
import { text, type TextKey } from '../texts/text';
import { useMedia } from '../view/wide';
import { Control, type ControlProps } from './control';
import { keyFor } from './keys';
import { MoreMenu } from './more-menu';
import { useOneStop } from './one-stop';
import type { OpenPanel, Panel } from './panel';
import type { RoomSession } from './session';

/** What leaving is called, where it is not a meeting that is left. */
export type LeaveWords = Pick<ControlProps, 'label' | 'name'>;

export const leaveMeeting = (): LeaveWords => ({
  label: text('controls.leave'),
  name: text('controls.leaveCall'),
});

/** Less room than this, and sharing is in the menu. */
const SMALL = '(width < 36rem), (height < 30rem)';

export interface ControlsProps {
  readonly session: RoomSession;
  readonly media: OwnMedia;
  readonly panels: readonly Panel[];
  readonly open: OpenPanel;
  /** What else there is. */
  readonly more: readonly MenuItem[];
  readonly onLeave: () => void;
  readonly leave?: LeaveWords | undefined;
}

export function Controls(props: ControlsProps) {
  const { session, media, panels, open, more, onLeave, leave = leaveMeeting() } = props;
  const ref = useRef<HTMLDivElement>(null);
  useOneStop(ref);
  const isSmall = useMedia(SMALL);
  const share = canShareScreen() ? sharing(session) : undefined;
  return (
    <div ref={ref} class="controls" role="toolbar" aria-label={text('controls.title')}>
      <DeviceControl device={media.microphone} />
      <DeviceControl device={media.camera} />
      {share && !isSmall && <Control icon="screen" {...share} shortcut={keyFor('screen')} />}
      {panels.map((panel) => (
        <PanelControl key={panel.id} panel={panel} open={open} />
      ))}
      <MoreMenu items={share && isSmall ? [inMenu(share), ...more] : more} />
      <Control icon="leave" {...leave} look="leave" onClick={onLeave} />
    </div>
  );
}

function PanelControl({ panel, open }: { readonly panel: Panel; readonly open: OpenPanel }) {
  const isShown = open.panel?.id === panel.id;
  return (
    <Control
      icon={panel.icon}
      label={panel.label}
      name={isShown ? panel.names.hide : panel.names.show}
      look={isShown ? 'active' : undefined}
      badge={panel.badge}
      isExpanded={isShown}
      shortcut={keyFor(panel.id)}
      onClick={() => open.toggle(panel.id)}
    />
  );
}

interface DeviceLook {
  readonly icons: readonly [on: IconName, off: IconName];
  readonly names: readonly [on: TextKey, off: TextKey];
  readonly label: TextKey;
}

const LOOKS: Readonly<Record<Device, DeviceLook>> = {
  microphone: {
    icons: ['microphone', 'microphoneOff'],
    names: ['microphone.turnOff', 'microphone.turnOn'],
    label: 'controls.microphone',
  },
  camera: {
    icons: ['camera', 'cameraOff'],
    names: ['camera.turnOff', 'camera.turnOn'],
    label: 'controls.camera',
  },
};

export function DeviceControl({ device }: { readonly device: OwnDevice }) {
  const { icons, names, label } = LOOKS[device.kind];
  const isOn = device.isOn.value;
  return (
    <Control
      icon={isOn ? icons[0] : icons[1]}
      name={text(isOn ? names[0] : names[1])}
      label={text(label)}
      look={isOn ? undefined : 'off'}
      shortcut={keyFor(device.kind)}
      onClick={() => toggleDevice(device)}
    />
  );
}

export const toggleDevice = (device: OwnDevice): void =>
  device.isOn.value ? device.turnOff() : void device.turnOn();

export const toggleSharing = (session: RoomSession): void =>
  session.screen.value ? session.stopSharing() : void session.shareScreen().catch(() => undefined);

type Sharing = Pick<ControlProps, 'label' | 'look' | 'onClick'> & { readonly name: string };

function sharing(session: RoomSession): Sharing {
  const isSharing = session.screen.value !== undefined;
  return {
    label: text(isSharing ? 'controls.stop' : 'controls.screen'),
    name: text(isSharing ? 'screen.stop' : 'screen.share'),
    look: isSharing ? 'active' : undefined,
    onClick: () => toggleSharing(session),
  };
}

const inMenu = ({ name, onClick }: Sharing): MenuItem => ({
  id: 'screen',
  icon: 'screen',
  label: name,
  onPress: onClick,
});
