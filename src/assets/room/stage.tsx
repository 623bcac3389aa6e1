/** The call as it fills the window: tiles, what there is to say about the connection, controls, and panels. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Trouble } from '../devices/trouble';
import type { OwnMedia } from '../devices/own-media';
import { Button } from '../parts/button';
import { Notice } from '../parts/notice';
import { text } from '../texts/text';
import { announce } from '../view/announce';
import { Headline } from '../view/headline';
import { Controls, type LeaveWords } from './controls';
import { Grid, nameOf } from './grid';
import { useFullScreen } from './full-screen';
import { type Panel, useOpenPanel } from './panel';
import type { RoomSession } from './session';
import { Side } from './side';
import { isSoundHeldBack, playHeldBack } from './sound';

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

export function Stage({ session, media, title, onLeave, leave, alone, notices, panels = [] }: StageProps) {
  useComingsAndGoings(session);
  const open = useOpenPanel(panels);
  const fullScreen = useFullScreen();
  const isReconnecting = session.connection.value === 'reconnecting';
  return (
    <div class="stage" data-side={open.panel ? 'true' : undefined}>
      <main class="stage-main">
        <div class="unseen">
          <Headline>{title}</Headline>
        </div>
        <div class="stage-notices">
          {isReconnecting && <Notice kind="warning">{text('room.reconnecting')}</Notice>}
          {isSoundHeldBack() && (
            <Notice
              actions={
                <Button kind="primary" class="button-small" icon="sound" onClick={playHeldBack}>
                  {text('room.playSound')}
                </Button>
              }
            >
              {text('room.soundHeldBack')}
            </Notice>
          )}
          <Trouble device={media.microphone} />
          <Trouble device={media.camera} />
          {notices}
          {panels.map(({ id, news }) => id !== open.panel?.id && news?.(() => open.show(id)))}
        </div>
        <Grid session={session} media={media} alone={alone} />
        <Controls
          session={session}
          media={media}
          panels={panels}
          open={open}
          more={fullScreen ? [fullScreen] : []}
          onLeave={onLeave}
          leave={leave}
        />
      </main>
      <Side open={open} />
    </div>
  );
}

/** Says who comes and goes, and how the connection does. */
function useComingsAndGoings(session: RoomSession): void {
  const known = useRef<ReadonlyMap<string, string> | undefined>(undefined);
  const everybody = session.participants.value;
  const connection = session.connection.value;
  useEffect(() => {
    const now = new Map(everybody.map((one) => [one.id, nameOf(one)]));
    const before = known.current;
    known.current = now;
    if (!before) return;
    const came = [...now].filter(([id]) => !before.has(id)).map(([, name]) => text('room.came', { name }));
    const went = [...before].filter(([id]) => !now.has(id)).map(([, name]) => text('room.went', { name }));
    if (came.length + went.length > 0) announce([...came, ...went].join(' '));
  }, [everybody]);
  const was = useRef(connection);
  useEffect(() => {
    if (was.current === connection) return;
    was.current = connection;
    announce(text(connection === 'connected' ? 'room.reconnected' : 'room.reconnecting'), true);
  }, [connection]);
}
