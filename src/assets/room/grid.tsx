/** Everybody's tiles, as large as they fit; a shared screen takes the room and the faces stand beside it. */
import { useEffect, useRef } from 'preact/hooks';
import type { OwnMedia } from '../devices/own-media';
import type { Participant } from '../media/media';
import { Picture, Tile } from '../parts/tile';
import { text } from '../texts/text';
import { columnsFor } from './arrange';
import type { RoomSession } from './session';
import { Sound } from './sound';

/** Below this the picture suffers. */
const POOR_QUALITY = 2;

export function Grid({ session, media }: { readonly session: RoomSession; readonly media: OwnMedia }) {
  const others = session.participants.value;
  const sharing = others.find(({ screen }) => screen);
  const isAlone = others.length === 0;
  const withSelfInCorner = others.length === 1 && !sharing;
  const ref = useColumns(withSelfInCorner ? 1 : others.length + 1);
  return (
    <div class={sharing ? 'grid grid-shared' : 'grid'}>
      {sharing?.screen && (
        <Tile
          class="tile-screen"
          name={text('tile.screenOf', { name: nameOf(sharing) })}
          picture={
            <Picture
              playable={sharing.screen}
              whole
              label={text('tile.screenOf', { name: nameOf(sharing) })}
            />
          }
        />
      )}
      <ul class="tiles" ref={ref} aria-label={text('room.people')}>
        {others.map((one) => (
          <li key={one.id}>
            <OtherTile one={one} isSpeaking={session.speaker.value === one.id && others.length > 1} />
          </li>
        ))}
        <li class={withSelfInCorner ? 'self-corner' : undefined} key="self">
          <SelfTile name={session.self.name} media={media} isAlone={isAlone} />
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
      name={one.isHost ? text('tile.host', { name }) : name}
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
  readonly isAlone: boolean;
}

function SelfTile({ name, media, isAlone }: SelfTileProps) {
  const track = media.camera.track.value;
  return (
    <Tile
      name={text('tile.you')}
      initialOf={name}
      isMuted={!media.microphone.isOn.value}
      note={isAlone ? text('tile.alone') : undefined}
      picture={track && <Picture track={track} mirrored label={text('preview.you')} />}
    />
  );
}

export const nameOf = ({ name, isHost }: Pick<Participant, 'name' | 'isHost'>): string =>
  name || text(isHost ? 'name.host' : 'name.guest');

/** Keeps `--columns` right on the element that it returns the reference for. */
function useColumns(count: number) {
  const ref = useRef<HTMLUListElement>(null);
  useEffect(() => {
    const element = ref.current;
    if (!element) return undefined;
    const arrange = (): void => {
      const { width, height } = element.getBoundingClientRect();
      const columns = columnsFor(count, width, height, 12);
      element.style.setProperty('--columns', String(columns));
      element.style.setProperty('--rows', String(Math.ceil(count / columns)));
    };
    const observer = new ResizeObserver(arrange);
    observer.observe(element);
    arrange();
    return () => observer.disconnect();
  }, [count]);
  return ref;
}
