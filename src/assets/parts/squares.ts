/** The dark squares of a QR code, as the path of a drawing. */
import { encode } from 'uqr';

export interface Squares {
  /** Of the whole code with its border, in squares. */
  readonly size: number;
  readonly path: string;
}

export function squaresOf(content: string): Squares {
  const code = encode(content, { ecc: 'M', border: 2 });
  const squares = code.data.flatMap((row, y) =>
    row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])),
  );
  return { size: code.size, path: squares.join('') };
}
