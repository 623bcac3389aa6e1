/** How much of the window the keyboard on the screen covers, where the browser does not make the page smaller for it. */
import { useEffect } from 'preact/hooks';

/** Told to the styles as `--keyboard`, while somebody wants to know. */
export function useKeyboardRoom(): void {
  useEffect(() => {
    const { visualViewport: seen } = window;
    if (!seen) return undefined;
    const { style } = document.documentElement;
    const measure = (): void => {
      // Somebody who has zoomed in sees less of the page, too, and no keyboard.
      const covered = seen.scale > 1 ? 0 : Math.max(0, innerHeight - seen.height - seen.offsetTop);
      style.setProperty('--keyboard', `${Math.round(covered)}px`);
    };
    measure();
    seen.addEventListener('resize', measure);
    seen.addEventListener('scroll', measure);
    return () => {
      seen.removeEventListener('resize', measure);
      seen.removeEventListener('scroll', measure);
      style.removeProperty('--keyboard');
    };
  }, []);
}
