/** Where everybody's tile goes: as large as they fit, in any unit. Pure, so that it can be tried with any crowd. */

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Crowd {
  /** How many others there are. */
  readonly others: number;
  /** Somebody shows a screen: it gets the room, and the faces a strip below it. */
  readonly hasScreen: boolean;
}

/** One box for each tile. */
export interface Arrangement {
  readonly screen: Box | undefined;
  readonly others: readonly Box[];
  readonly self: Box;
}

/** What cameras see. */
const RATIO = 16 / 10;
/** A tile higher than this would show a strip of a face. */
const HIGHEST = 1.3;

export function arrange(
  { others, hasScreen }: Crowd,
  width: number,
  height: number,
  gap: number,
): Arrangement {
  if (hasScreen) return besideScreen(others, width, height, gap);
  if (others === 1) return oneToOne(width, height, gap);
  const [self = FULL, ...rest] = grid(others + 1, width, height, gap).toReversed();
  return { screen: undefined, others: rest.toReversed(), self };
}

const FULL: Box = { x: 0, y: 0, width: 0, height: 0 };

/** The other one is large, oneself is small in the corner. */
function oneToOne(width: number, height: number, gap: number): Arrangement {
  const [other = FULL] = grid(1, width, height, gap);
  const isUpright = height > width;
  const ownWidth = clamp(width * 0.22, 104, 240);
  const ownHeight = isUpright ? ownWidth * 1.3 : ownWidth / RATIO;
  const self = {
    x: width - ownWidth - gap,
    y: isUpright ? height - ownHeight - gap : other.y + other.height - ownHeight - gap,
    width: ownWidth,
    height: ownHeight,
  };
  return { screen: undefined, others: [other], self };
}

function besideScreen(others: number, width: number, height: number, gap: number): Arrangement {
  const stripHeight = clamp(height * 0.2, 72, 140);
  const faceWidth = Math.min(stripHeight * RATIO, (width - gap * others) / (others + 1));
  const used = faceWidth * (others + 1) + gap * others;
  const faces = Array.from({ length: others + 1 }, (_, index) => ({
    x: (width - used) / 2 + index * (faceWidth + gap),
    y: height - stripHeight,
    width: faceWidth,
    height: stripHeight,
  }));
  return {
    screen: { x: 0, y: 0, width, height: height - stripHeight - gap },
    others: faces.slice(0, others),
    self: faces[others] ?? FULL,
  };
}

function grid(count: number, width: number, height: number, gap: number): Box[] {
  const columns = columnsFor(count, width, height, gap);
  const rows = Math.ceil(count / columns);
  const tileWidth = (width - gap * (columns - 1)) / columns;
  const tileHeight = Math.min((height - gap * (rows - 1)) / rows, tileWidth * HIGHEST);
  const top = (height - tileHeight * rows - gap * (rows - 1)) / 2;
  return Array.from({ length: count }, (_, index) => {
    const row = Math.floor(index / columns);
    // The last row stands in the middle.
    const inRow = Math.min(columns, count - row * columns);
    const left = (width - inRow * tileWidth - (inRow - 1) * gap) / 2;
    return {
      x: left + (index % columns) * (tileWidth + gap),
      y: top + row * (tileHeight + gap),
      width: tileWidth,
      height: tileHeight,
    };
  });
}

/** The number of columns with which the pictures in the tiles become largest. */
function columnsFor(count: number, width: number, height: number, gap: number): number {
  let best = { columns: 1, size: 0 };
  for (let columns = 1; columns <= count; columns += 1) {
    const rows = Math.ceil(count / columns);
    const tileWidth = (width - gap * (columns - 1)) / columns;
    const tileHeight = (height - gap * (rows - 1)) / rows;
    const size = Math.min(tileWidth, tileHeight * RATIO);
    // A little more is not worth another shape.
    if (size > best.size * 1.01) best = { columns, size };
  }
  return best.columns;
}

const clamp = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));
