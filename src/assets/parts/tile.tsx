/** Pictures of people: a video, or their initial where there is none, with name and state. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Playable } from '../media/media';
import { text } from '../texts/text';
import { Icon } from './icon';
import { Initial } from './list';
import { Quality } from './quality';

export interface PictureProps {
  /** One's own. */
  readonly track?: MediaStreamTrack | undefined;
  /** Somebody else's. */
  readonly playable?: Playable | undefined;
  /** People know themselves from mirrors. */
  readonly mirrored?: boolean;
  /** Screens are shown whole, faces fill their tile. */
  readonly whole?: boolean;
  readonly label: string;
}

export function Picture({ track, playable, mirrored, whole, label }: PictureProps) {
  const ref = useRef<HTMLVideoElement>(null);
  const [isUpright, setUpright] = useState(false);
  useEffect(() => {
    const video = ref.current;
    if (!video) return undefined;
    if (playable) return playable.attach(video);
    video.srcObject = track ? new MediaStream([track]) : null;
    return () => {
      video.srcObject = null;
    };
  }, [track, playable]);
  return (
    <video
      ref={ref}
      class={`picture ${mirrored ? 'picture-mirrored' : ''} ${whole ? 'picture-whole' : ''}`}
      data-upright={isUpright ? 'true' : undefined}
      aria-label={label}
      autoPlay
      playsInline
      muted
      onResize={({ currentTarget: { videoWidth, videoHeight } }) => setUpright(videoHeight > videoWidth)}
    />
  );
}

export interface TileProps {
  readonly name: string;
  /** Whose initial stands for a picture, if not the name's. */
  readonly initialOf?: string | undefined;
  /** What somebody is, beside the name. */
  readonly badge?: string | undefined;
  readonly picture?: ComponentChildren;
  readonly isMuted?: boolean;
  readonly isSpeaking?: boolean;
  /** They want to say something. */
  readonly isHandUp?: boolean;
  /** 0 to 5, where it is worth showing. */
  readonly quality?: number | undefined;
  /** Something about the connection, in words. */
  readonly note?: string | undefined;
  /** What can be done about it. */
  readonly actions?: ComponentChildren;
}

export function Tile(props: TileProps) {
  const { name, initialOf, badge, picture, isMuted, isSpeaking, isHandUp, quality, note, actions } = props;
  return (
    <div class="tile" data-speaking={isSpeaking ? 'true' : undefined}>
      {picture ?? (
        <div class="tile-face">
          <Initial name={initialOf || name} />
        </div>
      )}
      {note && <div class="tile-note small">{note}</div>}
      <div class="tile-name small" data-hand={isHandUp ? 'true' : undefined}>
        {isHandUp && <Icon name="hand" size={16} />}
        {isHandUp && <span class="unseen">{text('hand.up')}</span>}
        {isSpeaking && <span class="unseen">{text('tile.speaking')}</span>}
        {badge && <span class="tile-badge">{badge}</span>}
        <bdi class="tile-words">{name}</bdi>
        {isMuted && <Icon name="microphoneOff" size={16} />}
        {isMuted && <span class="unseen">{text('tile.muted')}</span>}
        {quality !== undefined && <Quality level={quality} />}
      </div>
      {actions}
    </div>
  );
}
