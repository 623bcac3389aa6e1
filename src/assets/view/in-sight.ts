/** Whether an element is in sight, as the page is scrolled now. */
import type { RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** Less of it than that is as good as nothing. */
const ENOUGH = 0.4;

export function useInSight(ref: RefObject<Element | null>): boolean {
  const [isInSight, setInSight] = useState(false);
  useEffect(() => {
    const element = ref.current;
    if (!element) return undefined;
    const observer = new IntersectionObserver(
      (entries) => setInSight(entries.at(-1)?.isIntersecting ?? false),
      {
        threshold: ENOUGH,
      },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return isInSight;
}
