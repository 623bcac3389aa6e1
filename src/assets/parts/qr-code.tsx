/** A QR code. What draws it is fetched when one is shown; its place is kept until then. */
import { useEffect, useState } from 'preact/hooks';
import type { Squares } from './squares';

interface QrCodeProps {
  readonly content: string;
  readonly label: string;
}

const NONE: Squares = { size: 1, path: '' };

export function QrCode({ content, label }: QrCodeProps) {
  const [{ size, path }, setSquares] = useState(NONE);
  useEffect(() => {
    let isWanted = true;
    import('./squares').then(
      ({ squaresOf }) => isWanted && setSquares(squaresOf(content)),
      // The link itself is beside it.
      () => undefined,
    );
    return () => {
      isWanted = false;
    };
  }, [content]);
  return (
    <svg
      class="qr"
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shape-rendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
