/** How good a connection is: bars for the eye, words for everybody. */
import { text, type TextKey } from '../texts/text';

const BARS = 3;

/** @param level 0 (broken) to 5 (excellent) */
export function qualityWords(level: number): string {
  return text(QUALITIES[Math.max(0, Math.min(5, Math.round(level)))] ?? 'quality.none');
}

const QUALITIES: readonly TextKey[] = [
  'quality.none',
  'quality.weak',
  'quality.fair',
  'quality.fair',
  'quality.good',
  'quality.good',
];

/** Below this people notice. */
export const isWeak = (level: number | undefined): boolean => level !== undefined && level < 2;

export function Quality({ level }: { readonly level: number }) {
  const lit = Math.ceil((Math.max(0, level) / 5) * BARS);
  return (
    <svg
      class="quality"
      width="16"
      height="16"
      viewBox="0 0 16 16"
      role="img"
      aria-label={qualityWords(level)}
    >
      {Array.from({ length: BARS }, (_, index) => {
        const height = 5 + index * 4;
        return (
          <rect
            key={index}
            x={1 + index * 5}
            y={15 - height}
            width="4"
            height={height}
            rx="1"
            fill="currentColor"
            fill-opacity={index < lit ? 1 : 0.35}
          />
        );
      })}
    </svg>
  );
}
