/** What a part of the benchmark finds, and how it is shown: one line for each comparison, in columns. */

export type Unit = 'ms' | 'KiB' | '/s' | 'keys';

/** A limit that the project has set itself. */
export interface Goal {
  readonly text: string;
  readonly met: boolean;
}

export interface Comparison {
  readonly name: string;
  readonly unit: Unit;
  readonly ours: number;
  readonly peer: { readonly name: string; readonly value: number };
  /** Ours to the peer's, unless measured otherwise (say, as a median of ratios). */
  readonly ratio?: number;
  /** None: for information. */
  readonly goal?: Goal;
}

export interface Part {
  readonly title: string;
  /** How it was measured, for whoever reads the numbers. */
  readonly method: string;
  /** None: the method says why. */
  readonly comparisons: readonly Comparison[];
}

const DECIMALS: Readonly<Record<Unit, number>> = { ms: 2, KiB: 1, '/s': 0, keys: 0 };
const HEADINGS = ['', 'ours', 'peer', '', 'ratio', 'goal', ''] as const;
/** The others hold numbers and stand to the right. */
const TEXT_COLUMNS: ReadonlySet<number> = new Set([0, 3, 5, 6]);

/** All parts as one table, so that their columns agree. */
export function table(parts: readonly Part[]): string {
  const bodies = parts.map(({ comparisons }) => comparisons.map(cellsOf));
  const rows = [HEADINGS, ...bodies.flat()];
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return TEXT_COLUMNS.has(column) ? cell.padEnd(width) : cell.padStart(width);
      })
      .join('  ')
      .trimEnd();
  return parts
    .flatMap(({ title, method }, index) => [
      '',
      `${title}: ${method}`,
      ...(bodies[index]?.length ? [line(HEADINGS)] : []),
      ...(bodies[index] ?? []).map(line),
    ])
    .join('\n');
}

function cellsOf({ name, unit, ours, peer, ratio = ours / peer.value, goal }: Comparison): string[] {
  const shown = (value: number): string => `${value.toFixed(DECIMALS[unit])} ${unit}`;
  return [
    name,
    shown(ours),
    shown(peer.value),
    peer.name,
    `${ratio.toFixed(2)} x`,
    goal?.text ?? '',
    goal ? (goal.met ? 'ok' : 'over') : '',
  ];
}
