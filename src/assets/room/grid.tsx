/** Everybody's tiles. They are moved, not laid out anew, so that nobody jumps when somebody comes or goes. */
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { OwnMedia } from '../devices/own-media';
import type { Participant } from '../media/media';
import { Picture, Tile } from '../parts/tile';
import { text } from '../texts/text';
import { arrange, type Box, type Crowd } from './arrange';
import type { RoomSession } from './session';
import { Sound } from './sound';

/** Below this the picture suffers. */
const POOR_QUALITY = 2;
const GAP = 12;

interface GridProps {
  readonly session: RoomSession;
  readonly media: OwnMedia;
  /** What to say while nobody else is there. */
  readonly alone?: string | undefined;
}

export function Grid({ session, media, alone = text('tile.alone') }: GridProps) {
  const others = session.participants.value;
  const sharing = others.find(({ screen }) => screen);
  const ref = useArrangement({ others: others.length, hasScreen: sharing !== undefined });
  return (
    <div class="grid">
      <ul class="tiles" ref={ref} aria-label={text('room.people')}>
        {sharing?.screen && (
          <li key="screen">
            <Tile
              name={text('tile.screenOf', { name: nameOf(sharing) })}
              picture={
                <Picture
                  playable={sharing.screen}
                  whole
                  label={text('tile.screenOf', { name: nameOf(sharing) })}
                />
              }
            />
          </li>
        )}
        {others.map((one) => (
          <li key={one.id} class={others.length === 1 && !sharing ? 'self-above' : undefined}>
            <OtherTile one={one} isSpeaking={session.speaker.value === one.id && others.length > 1} />
          </li>
        ))}
        <li key="self" class={others.length === 1 && !sharing ? 'self-corner' : undefined}>
          <SelfTile
            name={nameOf(session.self)}
            media={media}
            note={others.length === 0 ? alone : undefined}
          />
        </li>
      </ul>
      {others.map(({ id, microphone }) => microphone && <Sound key={id} playable={microphone} />)}
    </div>
  );
}

function OtherTile({ one, isSpeaking }: { readonly one: Participant; readonly isSpeaking: boolean }) {
  const name = nameOf(one);
  const isPoor = one.quality !== undefined && one.quality < POOR_QUALITY;
  return (
    <Tile
      name={one.isHost && one.name ? text('tile.host', { name }) : name}
      isMuted={one.isMuted}
      isSpeaking={isSpeaking}
      note={one.isReconnecting ? text('tile.reconnecting') : isPoor ? text('tile.poor') : undefined}
      picture={one.camera && <Picture playable={one.camera} label={text('tile.pictureOf', { name })} />}
    />
  );
}

interface SelfTileProps {
  readonly name: string;
  readonly media: OwnMedia;
  readonly note: string | undefined;
}

function SelfTile({ name, media, note }: SelfTileProps) {
  const track = media.camera.track.value;
  return (
    <Tile
      name={text('tile.you')}
      initialOf={name}
      isMuted={!media.microphone.isOn.value}
      note={note}
      picture={track && <Picture track={track} mirrored label={text('preview.you')} />}
    />
  );
}

export const nameOf = ({ name, isHost }: Pick<Participant, 'name' | 'isHost'>): string =>
  name || text(isHost ? 'name.host' : 'name.guest');

/** Puts the children of the element that it returns the reference for where they belong. */
function useArrangement({ others, hasScreen }: Crowd) {
  const ref = useRef<HTMLUListElement>(null);
  const place = (): void => {
    const element = ref.current;
    if (!element) return;
    const { clientWidth, clientHeight } = element;
    const { screen, others: boxes, self } = arrange({ others, hasScreen }, clientWidth, clientHeight, GAP);
    const all = [...(screen ? [screen] : []), ...boxes, self];
    const side = getComputedStyle(element).direction === 'rtl' ? -1 : 1;
    for (const [index, box] of all.entries()) put(element.children[index], box, side);
  };
  // Before the first picture is drawn, and whenever somebody comes or goes.
  useLayoutEffect(place);
  useEffect(() => {
    const element = ref.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(place);
    observer.observe(element);
    return () => observer.disconnect();
  }, [others, hasScreen]);
  return ref;
}

function put(tile: Element | undefined, { x, y, width, height }: Box, side: 1 | -1): void {
  if (!(tile instanceof HTMLElement)) return;
  Object.assign(tile.style, {
    inlineSize: `${width}px`,
    blockSize: `${height}px`,
    transform: `translate(${side * x}px, ${y}px)`,
  });
}
