/** Everybody's tiles. They are moved, not laid out anew, so that nobody jumps when somebody comes or goes. */
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { OwnMedia } from '../devices/own-media';
import type { Participant } from '../media/media';
import { text } from '../texts/text';
import { moveTiles } from './glide';
import { largeOf, tileOf } from './large';
import { nameOf } from './name-of';
import { createSeating, type Plan } from './seating';
import type { RoomSession } from './session';
import { Sound } from './sound';
import { MoreTile, OtherTile, type Pinning, ScreenTile, SelfTile } from './tiles';
import { useSteady } from './steady';
import type { View } from './view';

const GAP = 12;
/** The tile that stands for others is no tile of somebody. */
const MORE = 'more/';
/** So long somebody has to speak to be made large. */
const SPEAKS_MS = 1_000;

interface GridProps {
  readonly session: RoomSession;
  readonly media: OwnMedia;
  readonly view: View;
  /** What to say while nobody else is there. */
  readonly alone?: string | undefined;
}

export function Grid({ session, media, view, alone = text('tile.alone') }: GridProps) {
  const others = session.participants.value;
  const { ref, plan, turn } = usePlan(session, view);
  const sharing = others.filter(({ screen }) => screen);
  const canPin = others.length + sharing.length > 1;
  const pinningOf = (id: string): Pinning | undefined => {
    const isPinned = view.pinned.value === id;
    return canPin ? { isPinned, onPin: () => (view.pinned.value = isPinned ? undefined : id) } : undefined;
  };
  const isShown = (id: string): boolean => plan.boxes.has(id);
  const speaker = session.speaker.value;
  const [touched, setTouched] = useTouched();
  const touching = (id: string) => ({
    'data-tile': id,
    'data-touched': touched === id ? 'true' : undefined,
    onClick: () => setTouched(id),
  });
  return (
    <div class="grid">
      <ul
        class="tiles"
        ref={ref}
        aria-label={text('room.people')}
        data-cornered={plan.isCornered || undefined}
      >
        {sharing.map((one) => {
          const id = tileOf.screen(one.id);
          return (
            isShown(id) && (
              <li key={id} {...touching(id)}>
                <ScreenTile one={one} pinning={pinningOf(id)} />
              </li>
            )
          );
        })}
        {others.map((one) => {
          const id = tileOf.person(one.id);
          return (
            isShown(id) && (
              <li key={id} {...touching(id)}>
                <OtherTile
                  one={one}
                  isSpeaking={speaker === one.id && others.length > 1}
                  isHandUp={session.hands.up.value.includes(one.id)}
                  pinning={pinningOf(id)}
                />
              </li>
            )
          );
        })}
        <li key={tileOf.self} class="self" {...touching(tileOf.self)}>
          <SelfTile
            name={nameOf(session.self)}
            media={media}
            isHandUp={session.hands.isMineUp.value}
            quality={session.quality.value}
            note={others.length === 0 ? alone : undefined}
            pinning={pinningOf(tileOf.self)}
          />
        </li>
        {plan.more && (
          <li key={MORE} data-tile={MORE}>
            <MoreTile names={namesOf(plan.hidden, others)} onTurn={turn} />
          </li>
        )}
      </ul>
      {others.map(({ id, microphone }) => microphone && <Sound key={id} playable={microphone} />)}
    </div>
  );
}

const namesOf = (hidden: readonly string[], others: readonly Participant[]): readonly string[] =>
  others.filter(({ id }) => hidden.includes(tileOf.person(id))).map(nameOf);

/** Where everybody's tile goes, and puts it there. */
function usePlan({ participants, speaker }: RoomSession, view: View) {
  const ref = useRef<HTMLUListElement>(null);
  const size = useSize(ref);
  const seating = useMemo(createSeating, []);
  const [, setTurns] = useState(0);
  const others = participants.value;
  const speaks = speaker.value === undefined ? undefined : tileOf.person(speaker.value);
  const steady = useSteady(speaks, SPEAKS_MS);
  const screens = others.filter(({ screen }) => screen).map(({ id }) => tileOf.screen(id));
  const people = others.map(({ id }) => tileOf.person(id));
  const { pinned, layout } = view;
  const large = largeOf({ screens, people, pinned: pinned.value, layout: layout.value, speaker: steady });
  const plan = seating.plan({ screens, people, large, speaker: speaks }, size.width, size.height, GAP);
  usePlaces(ref, plan);
  return {
    ref,
    plan,
    turn: () => {
      seating.turn();
      setTurns((turns) => turns + 1);
    },
  };
}

function usePlaces(ref: { readonly current: HTMLUListElement | null }, plan: Plan): void {
  const last = useRef({ window: '', places: '' });
  useLayoutEffect(() => {
    const list = ref.current;
    if (!list) return;
    const moves = [...list.children].flatMap((tile) => {
      if (!(tile instanceof HTMLElement)) return [];
      const id = tile.dataset['tile'] ?? '';
      const box = id === MORE ? plan.more : plan.boxes.get(id);
      return box ? [{ tile, box }] : [];
    });
    const now = {
      window: `${innerWidth} ${innerHeight}`,
      places: JSON.stringify(moves.map(({ tile, box }) => [tile.dataset['tile'], box])),
    };
    if (list.clientWidth === 0 || now.places === last.current.places) return;
    // While the window is drawn to another size, tiles are where they belong at once.
    moveTiles(list, moves, now.window !== last.current.window);
    last.current = now;
  });
}

/** As it is laid out, and whenever that changes. */
function useSize(ref: { readonly current: HTMLElement | null }): { width: number; height: number } {
  const [size, setSize] = useState({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return undefined;
    const measure = (): void => {
      const { clientWidth: width, clientHeight: height } = element;
      setSize((was) => (was.width === width && was.height === height ? was : { width, height }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return size;
}

/** What was touched last shows its button for a while, where there is no pointer to hover with. */
function useTouched() {
  const [touched, setTouched] = useState<string>();
  useEffect(() => {
    if (touched === undefined) return undefined;
    const timer = setTimeout(() => setTouched(undefined), 4_000);
    return () => clearTimeout(timer);
  }, [touched]);
  return [touched, setTouched] as const;
}
