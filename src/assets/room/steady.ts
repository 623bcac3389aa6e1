/** Follows a value only once it has stayed the same for a while; what comes and goes is left out. */
import { useEffect, useState } from 'preact/hooks';

/** @returns the last value that was steady; a first one is taken at once */
export function useSteady<Value>(value: Value | undefined, forMs: number): Value | undefined {
  const [steady, setSteady] = useState(value);
  useEffect(() => {
    if (value === undefined || value === steady) return undefined;
    if (steady === undefined) {
      setSteady(value);
      return undefined;
    }
    const timer = setTimeout(() => setSteady(value), forMs);
    return () => clearTimeout(timer);
  }, [value, steady, forMs]);
  return steady;
}
