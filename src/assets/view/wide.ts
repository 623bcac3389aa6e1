/** What the window has room for, in the words of the styles. */
import { useEffect, useState } from 'preact/hooks';

/** Two columns. */
const WIDE = '(width >= 56rem)';

export const useWide = (): boolean => useMedia(WIDE);

export function useMedia(condition: string): boolean {
  const [isSo, setSo] = useState(() => matchMedia(condition).matches);
  useEffect(() => {
    const query = matchMedia(condition);
    const changed = (): void => setSo(query.matches);
    query.addEventListener('change', changed);
    return () => query.removeEventListener('change', changed);
  }, [condition]);
  return isSo;
}
