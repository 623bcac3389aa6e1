/** Where everybody's tile goes: as large as they fit, in any unit. Pure, so that it can be tried with any crowd. */

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Crowd {
  /** Tiles that get the room: somebody pinned, or screens. */
  readonly large: number;
  /** All other tiles; the last is one's own, unless that is large. */
  readonly rest: number;
}

/** One box for each tile. */
export interface Arrangement {
  readonly large: readonly Box[];
  /** As many as are in sight, one's own the last of them. */
  readonly rest: readonly Box[];
  /** Stands for those who are not in sight. */
  readonly more: Box | undefined;
  /** The last of the rest lies in a corner of the first. */
  readonly isCornered: boolean;
}

/** Width by height: what most cameras see. */
const RATIO = 16 / 10;
/** A tile higher than this, in widths, would show a strip of a face. */
const HIGHEST = 1.3;
/** A tile wider than this, in heights, would cut off foreheads. */
const WIDEST = 1.9;
/** A picture narrower than this shows nobody. */
const LEAST = 84;
/** What a phone can decode, and people can look at. */
const MOST = 25;

export function arrange({ large, rest }: Crowd, width: number, height: number, gap: number): Arrangement {
  const whole = { x: 0, y: 0, width, height };
  if (large > 0) return besideLarge({ large, rest }, whole, gap);
  if (rest === 2) return oneToOne(whole, gap);
  return { large: [], ...fill(rest, whole, gap), isCornered: false };
}

/** The other one has everything, oneself is small in the corner. */
function oneToOne(whole: Box, gap: number): Arrangement {
  const { width, height } = whole;
  const isUpright = height > width;
  const ownWidth = Math.min(clamp(width * 0.22, 104, 240), width / 2);
  const ownHeight = Math.min(isUpright ? ownWidth * HIGHEST : ownWidth / RATIO, height / 2);
  const self = {
    x: width - ownWidth - gap,
    y: height - ownHeight - gap,
    width: ownWidth,
    height: ownHeight,
  };
  return { large: [], rest: [whole, self], more: undefined, isCornered: true };
}

function besideLarge({ large, rest }: Crowd, whole: Box, gap: number): Arrangement {
  if (rest === 0)
    return { large: grid(large, whole, gap, wholeIn), rest: [], more: undefined, isCornered: false };
  const { main, strip } = split(whole, gap);
  return {
    // What is large gets all of its box, and shows itself whole in it.
    large: grid(large, main, gap, wholeIn),
    ...fill(rest, strip, gap),
    isCornered: false,
  };
}

/** The strip is at the side or below, wherever it leaves the larger picture; it also takes what that cannot use. */
function split({ width, height }: Box, gap: number): { readonly main: Box; readonly strip: Box } {
  const spareWidth = Math.min(width - gap - (height * 16) / 9, width * 0.4);
  const side = Math.max(clamp(width * 0.18, 120, 240), spareWidth);
  const spareHeight = Math.min(height - gap - (width * 9) / 16, height * 0.6);
  const below = Math.max(clamp(height * 0.2, 84, 160), spareHeight);
  const besideWidth = width - side - gap;
  const aboveHeight = height - below - gap;
  if (Math.min(besideWidth, (height * 16) / 9) > Math.min(width, (aboveHeight * 16) / 9)) {
    return {
      main: { x: 0, y: 0, width: besideWidth, height },
      strip: { x: width - side, y: 0, width: side, height },
    };
  }
  return {
    main: { x: 0, y: 0, width, height: aboveHeight },
    strip: { x: 0, y: height - below, width, height: below },
  };
}

/** As many as are large enough; the last place stands for all who are not. */
function fill(count: number, into: Box, gap: number): Pick<Arrangement, 'rest' | 'more'> {
  const use = facesIn(into);
  let places = Math.min(count, MOST);
  while (places > 2 && sizeIn(shapeFor(places, into, gap, use)) < LEAST) places -= 1;
  const boxes = grid(places, into, gap, use);
  return places < count ? { rest: boxes.slice(0, -1), more: boxes.at(-1) } : { rest: boxes, more: undefined };
}

interface Cell {
  readonly width: number;
  readonly height: number;
}

/** What is made of the room for a tile, and how much that is worth. */
interface Use extends Cell {
  readonly worth: number;
}

/** Faces fill tiles that have a shape for them; the less is cut off, the better. */
function facesIn(room: Cell): (cell: Cell) => Use {
  // On what is held upright narrower tiles look right, and many of the cameras are upright, too.
  const best = room.height > room.width ? 1 : RATIO;
  return ({ width, height }) => {
    const tile = { width: Math.min(width, height * WIDEST), height: Math.min(height, width * HIGHEST) };
    const ratio = tile.width / tile.height / best;
    return { ...tile, worth: tile.width * tile.height * Math.cbrt(Math.min(ratio, 1 / ratio)) };
  };
}

/** What is shown large is shown whole, in all the room there is. */
const wholeIn = (cell: Cell): Use => ({ ...cell, worth: sizeIn(cell) });

/** Width of a camera's whole picture. */
const sizeIn = ({ width, height }: Cell): number => Math.min(width, height * RATIO);

function grid(count: number, { x, y, width, height }: Box, gap: number, use: (cell: Cell) => Use): Box[] {
  const { columns, rows, ...cell } = shapeFor(count, { x, y, width, height }, gap, use);
  const tile = use(cell);
  const top = y + (height - tile.height * rows - gap * (rows - 1)) / 2;
  return Array.from({ length: count }, (_, index) => {
    const row = Math.floor(index / columns);
    // The last row stands in the middle.
    const inRow = Math.min(columns, count - row * columns);
    const left = x + (width - inRow * tile.width - (inRow - 1) * gap) / 2;
    return {
      x: left + (index % columns) * (tile.width + gap),
      y: top + row * (tile.height + gap),
      width: tile.width,
      height: tile.height,
    };
  });
}

interface Shape extends Cell {
  readonly columns: number;
  readonly rows: number;
}

/** The number of columns with which the tiles are worth most. */
function shapeFor(count: number, { width, height }: Box, gap: number, use: (cell: Cell) => Use): Shape {
  let best: Shape = { columns: 1, rows: 1, width, height };
  let most = 0;
  for (let columns = 1; columns <= count; columns += 1) {
    const rows = Math.ceil(count / columns);
    const cell = {
      width: Math.max(0, (width - gap * (columns - 1)) / columns),
      height: Math.max(0, (height - gap * (rows - 1)) / rows),
    };
    const { worth } = use(cell);
    // A little more is not worth another shape.
    if (worth > most * 1.01) {
      best = { columns, rows, ...cell };
      most = worth;
    }
  }
  return best;
}

const clamp = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));
