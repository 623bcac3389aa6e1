/** The bar below the tiles: microphone, camera, screen, the panels, what else there is, and leave. */
import { canShareScreen } from '../devices/capture';
import type { OwnDevice } from '../devices/own-device';
import type { OwnMedia } from '../devices/own-media';
import type { IconName } from '../parts/icon';
import type { MenuItem } from '../parts/menu';
import { text } from '../texts/text';
import { useMedia } from '../view/wide';
import { Control, type ControlProps } from './control';
import { MoreMenu } from './more-menu';
import type { OpenPanel, Panel } from './panel';
import type { RoomSession } from './session';

/** What leaving is called, where it is not a meeting that is left. */
export type LeaveWords = Pick<ControlProps, 'label' | 'name'>;

/** Less room than this, and sharing is in the menu. */
const SMALL = '(width < 36rem), (height < 30rem)';

const LEAVE_MEETING: LeaveWords = { label: text('controls.leave'), name: text('controls.leaveCall') };

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
  const { session, media, panels, open, more, onLeave, leave = LEAVE_MEETING } = props;
  const isSmall = useMedia(SMALL);
  const share = canShareScreen() ? sharing(session) : undefined;
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
      {share && !isSmall && <Control icon="screen" {...share} />}
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
      onClick={() => (isShown ? open.close() : open.show(panel.id))}
    />
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

type Sharing = Pick<ControlProps, 'label' | 'look' | 'onClick'> & { readonly name: string };

function sharing(session: RoomSession): Sharing {
  const isSharing = session.screen.value !== undefined;
  return {
    label: text(isSharing ? 'controls.stop' : 'controls.screen'),
    name: text(isSharing ? 'screen.stop' : 'screen.share'),
    look: isSharing ? 'active' : undefined,
    onClick: () => (isSharing ? session.stopSharing() : void session.shareScreen().catch(() => undefined)),
  };
}

const inMenu = ({ name, onClick }: Sharing): MenuItem => ({
  id: 'screen',
  icon: 'screen',
  label: name,
  onPress: onClick,
});
