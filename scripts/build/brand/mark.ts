/**
 * The mark, a door that stands open, on a ground of the brand's colour: as SVG, and as PNG for what takes no SVG. Both
 * are drawn from the same numbers, on a square of 32.
 */
import { channelsOf } from './colour';
import { pngOf } from './png';

const SIDE = 32;
const CORNER = 9;
const STROKE = 3;
/** Two posts, and a half circle over them. */
const DOOR = { left: 9, right: 23, top: 13, foot: 24, middle: 16, radius: 7 };
const KNOB = { x: 18.5, y: 19, radius: 1.9 };

export interface MarkColours {
  /** `#rrggbb`, like `ink`. */
  readonly ground: string;
  readonly ink: string;
}

export function markAsSvg({ ground, ink }: MarkColours): string {
  const { left, right, top, foot, radius } = DOOR;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIDE} ${SIDE}">`,
    `<rect width="${SIDE}" height="${SIDE}" rx="${CORNER}" fill="${ground}"/>`,
    `<path d="M${left} ${foot}V${top}a${radius} ${radius} 0 0 1 ${right - left} 0v${foot - top}"`,
    ` fill="none" stroke="${ink}" stroke-width="${STROKE}" stroke-linecap="round"/>`,
    `<circle cx="${KNOB.x}" cy="${KNOB.y}" r="${KNOB.radius}" fill="${ink}"/></svg>`,
  ].join('');
}

/**
 * @param size in pixels
 * @param bleeds fills the whole square, the door smaller: for systems that cut a shape of their own out of it
 */
export function markAsPng(colours: MarkColours, size: number, bleeds: boolean): Buffer {
  const key = JSON.stringify([colours, size, bleeds]);
  const drawn = DRAWN.get(key) ?? draw(colours, size, bleeds);
  DRAWN.set(key, drawn);
  return drawn;
}

/** A copy that is built again and again has the same pictures. */
const DRAWN = new Map<string, Buffer>();

function draw({ ground, ink }: MarkColours, size: number, bleeds: boolean): Buffer {
  const [back, front] = [channelsOf(ground), channelsOf(ink)];
  const scale = bleeds ? 0.78 : 1;
  const pixel = SIDE / size;
  return pngOf(size, (column, row) => {
    const x = (column + 0.5) * pixel;
    const y = (row + 0.5) * pixel;
    const opacity = bleeds ? 1 : covered(toSquare(x, y), pixel);
    const drawn = covered(toDoor(inside(x, scale), inside(y, scale)) * scale, pixel);
    const mixed = (at: 0 | 1 | 2): number => Math.round(back[at] + (front[at] - back[at]) * drawn);
    return ((mixed(0) << 24) | (mixed(1) << 16) | (mixed(2) << 8) | Math.round(opacity * 255)) >>> 0;
  });
}

/** Where a point would be on a mark that were not made smaller. */
const inside = (at: number, scale: number): number => (at - SIDE / 2) / scale + SIDE / 2;

/** As Math.hypot, which is many times slower, and is asked a million times. */
const distance = (x: number, y: number): number => Math.sqrt(x * x + y * y);

/** How much of a pixel is inside, by how far its middle is from the edge: negative inside. */
const covered = (toEdge: number, pixel: number): number => Math.min(1, Math.max(0, 0.5 - toEdge / pixel));

function toSquare(x: number, y: number): number {
  const outX = Math.abs(x - SIDE / 2) - (SIDE / 2 - CORNER);
  const outY = Math.abs(y - SIDE / 2) - (SIDE / 2 - CORNER);
  return distance(Math.max(outX, 0), Math.max(outY, 0)) + Math.min(Math.max(outX, outY), 0) - CORNER;
}

function toDoor(x: number, y: number): number {
  const { left, right, top, foot, middle, radius } = DOOR;
  const toPost = (at: number): number => distance(x - at, y - Math.min(foot, Math.max(top, y)));
  const toArch = y <= top ? Math.abs(distance(x - middle, y - top) - radius) : Number.POSITIVE_INFINITY;
  const toLine = Math.min(toPost(left), toPost(right), toArch) - STROKE / 2;
  return Math.min(toLine, distance(x - KNOB.x, y - KNOB.y) - KNOB.radius);
}
