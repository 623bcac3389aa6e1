/** Pictures of people: a video, or their initial where there is none, with name and state. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Playable } from '../media/media';
import { text } from '../texts/text';
import { Icon } from './icon';
import { Initial } from './list';

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
      aria-label={label}
      autoPlay
      playsInline
      muted
    />
  );
}

export interface TileProps {
  readonly name: string;
  /** Whose initial stands for a picture, if not the name's. */
  readonly initialOf?: string | undefined;
  readonly picture?: ComponentChildren;
  readonly isMuted?: boolean;
  readonly isSpeaking?: boolean;
  /** Something about the connection, in words. */
  readonly note?: string | undefined;
  readonly class?: string;
}

export function Tile({ name, initialOf, picture, isMuted, isSpeaking, note, class: more }: TileProps) {
  return (
    <div class={`tile ${more ?? ''}`} data-speaking={isSpeaking ? 'true' : undefined}>
      {picture ?? (
        <div class="tile-face">
          <Initial name={initialOf || name} />
        </div>
      )}
      {note && <div class="tile-note small">{note}</div>}
      <div class="tile-name small">
        <span class="tile-words">{name}</span>
        {isMuted && <Icon name="microphoneOff" size={16} />}
        {isMuted && <span class="unseen">{text('tile.muted')}</span>}
      </div>
    </div>
  );
}
