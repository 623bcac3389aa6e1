/** Each kind of tile in a call: somebody else, oneself, a screen, and those for whom there is no place. */
import type { OwnMedia } from '../devices/own-media';
import type { Participant } from '../media/media';
import { Icon } from '../parts/icon';
import { Initial } from '../parts/list';
import { isWeak, qualityWords } from '../parts/quality';
import { Picture, Tile } from '../parts/tile';
import { listOf, text } from '../texts/text';
import { nameOf } from './name-of';

/** A connection this good needs no bars: what is all right is not mentioned. */
const GOOD = 4;

/** A tile that can be shown large. */
export interface Pinning {
  readonly isPinned: boolean;
  readonly onPin: () => void;
}

export interface OtherTileProps {
  readonly one: Participant;
  readonly isSpeaking: boolean;
  readonly isHandUp: boolean;
  readonly pinning: Pinning | undefined;
}

export function OtherTile({ one, isSpeaking, isHandUp, pinning }: OtherTileProps) {
  const name = nameOf(one);
  return (
    <Tile
      name={name}
      badge={one.isHost && one.name ? text('name.host') : undefined}
      isMuted={one.isMuted}
      isSpeaking={isSpeaking}
      isHandUp={isHandUp}
      quality={worthShowing(one.quality)}
      note={one.isReconnecting ? text('tile.reconnecting') : noteOn(one.quality)}
      picture={one.camera && <Picture playable={one.camera} label={text('tile.pictureOf', { name })} />}
      actions={pinning && <Pin {...pinning} words={pinWords(name)} />}
    />
  );
}

export interface SelfTileProps {
  readonly name: string;
  readonly media: OwnMedia;
  readonly isHandUp: boolean;
  readonly quality: number | undefined;
  readonly note: string | undefined;
  readonly pinning: Pinning | undefined;
}

export function SelfTile({ name, media, isHandUp, quality, note, pinning }: SelfTileProps) {
  const track = media.camera.track.value;
  return (
    <Tile
      name={text('tile.you')}
      initialOf={name}
      isMuted={!media.microphone.isOn.value}
      isHandUp={isHandUp}
      quality={worthShowing(quality)}
      note={note ?? backgroundNote(media) ?? noteOn(quality)}
      picture={track && <Picture track={track} mirrored label={text('preview.you')} />}
      actions={pinning && <Pin {...pinning} words={[text('pin.self'), text('pin.undoSelf')]} />}
    />
  );
}

/** Why there is no picture although the camera is on. */
function backgroundNote({ background }: OwnMedia): string | undefined {
  if (background.isPreparing.value) return text('background.preparing');
  return background.failure.value ? text('background.hidden') : undefined;
}

export interface ScreenTileProps {
  readonly one: Participant;
  readonly pinning: Pinning | undefined;
}

export function ScreenTile({ one, pinning }: ScreenTileProps) {
  const name = text('tile.screenOf', { name: nameOf(one) });
  return (
    <Tile
      name={name}
      picture={one.screen && <Picture playable={one.screen} whole label={name} />}
      actions={pinning && <Pin {...pinning} words={pinWords(name)} />}
    />
  );
}

export interface MoreTileProps {
  /** Those who are not in sight. */
  readonly names: readonly string[];
  readonly onTurn: () => void;
}

/** Some of the faces in it, and how many there are. */
const FACES = 3;

export function MoreTile({ names, onTurn }: MoreTileProps) {
  return (
    <button type="button" class="tile tile-more" onClick={onTurn}>
      <span class="tile-more-faces" aria-hidden="true">
        {names.slice(0, FACES).map((name, index) => (
          <Initial key={index} name={name} />
        ))}
      </span>
      <span class="small" aria-hidden="true">
        {text('tile.more', { count: names.length })}
      </span>
      <span class="unseen">{text('tile.showMore', { count: names.length, names: listOf(names) })}</span>
    </button>
  );
}

/** To pin, and to unpin. */
type PinWords = readonly [string, string];

const pinWords = (name: string): PinWords => [text('pin.name', { name }), text('pin.undo', { name })];

function Pin({ words: [pin, unpin], isPinned, onPin }: Pinning & { readonly words: PinWords }) {
  const words = isPinned ? unpin : pin;
  return (
    <button
      type="button"
      class="tile-pin"
      data-pinned={isPinned ? 'true' : undefined}
      aria-label={words}
      title={words}
      onClick={onPin}
    >
      <Icon name={isPinned ? 'unpin' : 'pin'} size={20} />
    </button>
  );
}

const worthShowing = (quality: number | undefined): number | undefined =>
  quality !== undefined && quality < GOOD ? quality : undefined;

const noteOn = (quality: number | undefined): string | undefined =>
  quality !== undefined && isWeak(quality) ? qualityWords(quality) : undefined;
