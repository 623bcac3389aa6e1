/** The call as it fills the window: tiles, what there is to say about the connection, controls, and panels. */
import type { ComponentChildren } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { canShareScreen } from '../devices/capture';
import type { OwnMedia } from '../devices/own-media';
import type { MenuItem } from '../parts/menu';
import { text } from '../texts/text';
import { BackGuard } from '../view/back-guard';
import { Headline } from '../view/headline';
import { chatPanel } from './chat/panel';
import { Controls, leaveMeeting, type LeaveWords, toggleDevice, toggleSharing } from './controls';
import { useFullScreen } from './full-screen';
import { Grid } from './grid';
import { handItem } from './hands/hand-item';
import { useHoldToTalk } from './hold-to-talk';
import { type Deeds, type KeyId, keyFor, useKeys } from './keys';
import { type OpenPanel, type Panel, useOpenPanel } from './panel';
import type { RoomSession } from './session';
import { Side } from './side';
import { useSmallWindow } from './small-window';
import { type StageDialog, StageDialogs } from './stage-dialogs';
import { StageNotices } from './stage-notices';
import { createView, type View } from './view';

export interface StageProps {
  readonly session: RoomSession;
  readonly media: OwnMedia;
  readonly title: string;
  readonly onLeave: () => void;
  readonly leave?: LeaveWords;
  /** What to say while nobody else is there. */
  readonly alone?: string;
  /** Above the tiles. */
  readonly notices?: ComponentChildren;
  readonly panels?: readonly Panel[];
}

export function Stage(props: StageProps) {
  const { session, media, title, onLeave, leave, alone, notices } = props;
  const panels = [...(props.panels ?? []), chatPanel(session)];
  const view = useMemo(createView, []);
  const open = useOpenPanel(panels);
  const fullScreen = useFullScreen();
  const smallWindow = useSmallWindow({ session, media, view, onLeave, leave });
  const [dialog, setDialog] = useState<StageDialog>();
  const isTalking = useHoldToTalk(media.microphone);
  const hand = handItem(session);
  const deeds = deedsOf({ session, media, panels, open, hand, fullScreen, smallWindow });
  useKeys({ ...deeds, help: () => setDialog('keys'), escape: open.panel ? open.close : undefined });
  return (
    <div class="stage" data-side={open.panel ? 'true' : undefined}>
      <main class="stage-main">
        <div class="unseen">
          <Headline>{title}</Headline>
        </div>
        <StageNotices session={session} media={media} isTalking={isTalking}>
          {notices}
          {panels.map(({ id, news }) => id !== open.panel?.id && news?.(() => open.show(id)))}
        </StageNotices>
        <Grid session={session} media={media} view={view} alone={alone} />
        <Controls
          session={session}
          media={media}
          panels={panels}
          open={open}
          more={[
            ...withKeys(hand),
            ...layoutItems(session, view),
            ...withKeys(smallWindow, fullScreen),
            deviceItem(() => setDialog('devices')),
            languageItem(() => setDialog('language')),
            ...helpItems(() => setDialog('keys')),
          ]}
          onLeave={onLeave}
          leave={leave}
        />
      </main>
      <Side open={open} />
      <BackGuard leave={(leave ?? leaveMeeting()).label} onLeave={onLeave} />
      <StageDialogs
        which={dialog}
        media={media}
        keys={[...(Object.keys(deeds) as KeyId[]), 'help']}
        onClose={() => setDialog(undefined)}
      />
    </div>
  );
}

interface Doers {
  readonly session: RoomSession;
  readonly media: OwnMedia;
  readonly panels: readonly Panel[];
  readonly open: OpenPanel;
  readonly hand: MenuItem | undefined;
  readonly fullScreen: MenuItem | undefined;
  readonly smallWindow: MenuItem | undefined;
}

/** What keys do here, in the order of the help. */
function deedsOf({ session, media, panels, open, hand, fullScreen, smallWindow }: Doers): Deeds {
  const opens = (id: 'people' | 'chat'): Deeds =>
    panels.some((panel) => panel.id === id) ? { [id]: () => open.toggle(id) } : {};
  return {
    microphone: () => toggleDevice(media.microphone),
    camera: () => toggleDevice(media.camera),
    ...(canShareScreen() ? { screen: () => toggleSharing(session) } : {}),
    ...opens('people'),
    ...opens('chat'),
    ...(hand ? { hand: hand.onPress } : {}),
    ...(smallWindow ? { smallWindow: smallWindow.onPress } : {}),
    ...(fullScreen ? { fullScreen: fullScreen.onPress } : {}),
  };
}

/** With one other there is nothing to choose. */
const layoutItems = ({ participants }: RoomSession, { layout, setLayout }: View): MenuItem[] =>
  participants.value.length < 2
    ? []
    : [
        {
          id: 'layout',
          icon: 'speakerView',
          label: text('layout.speaker'),
          isOn: layout.value === 'speaker',
          onPress: () => setLayout(layout.value === 'speaker' ? 'tiles' : 'speaker'),
        },
      ];

const withKeys = (...items: readonly (MenuItem | undefined)[]): MenuItem[] =>
  items.flatMap((item) => (item ? [{ ...item, shortcut: keyFor(item.id) }] : []));

const deviceItem = (onPress: () => void): MenuItem => ({
  id: 'devices',
  icon: 'settings',
  label: text('devices.title'),
  onPress,
});

const languageItem = (onPress: () => void): MenuItem => ({
  id: 'language',
  icon: 'globe',
  label: text('language.choose'),
  onPress,
});

/** Not where there are no keys, which nobody can ask a browser; where there is a mouse, there mostly are. */
const helpItems = (onPress: () => void): MenuItem[] =>
  matchMedia('(any-pointer: fine)').matches
    ? [{ id: 'help', icon: 'keyboard', label: text('keys.title'), shortcut: keyFor('help'), onPress }]
    : [];
