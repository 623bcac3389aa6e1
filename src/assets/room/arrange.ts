/** How many tiles go side by side. */

const RATIO = 16 / 10;

/** The number of columns with which `count` tiles of 16:10 become largest in the given space (any unit). */
export function columnsFor(count: number, width: number, height: number, gap = 0): number {
  let best = { columns: 1, area: 0 };
  for (let columns = 1; columns <= count; columns += 1) {
    const rows = Math.ceil(count / columns);
    const tileWidth = Math.min(
      (width - gap * (columns - 1)) / columns,
      ((height - gap * (rows - 1)) / rows) * RATIO,
    );
    const area = tileWidth * tileWidth;
    // A little more area is not worth another shape.
    if (area > best.area * 1.02) best = { columns, area };
  }
  return best.columns;
}
