/** The call on the whole screen, where the browser can do that; phones of Apple cannot. */
import { useEffect, useState } from 'preact/hooks';
import type { MenuItem } from '../parts/menu';
import { text } from '../texts/text';

export function useFullScreen(): MenuItem | undefined {
  const [isOn, setOn] = useState(() => Boolean(document.fullscreenElement));
  useEffect(() => {
    const changed = (): void => setOn(Boolean(document.fullscreenElement));
    document.addEventListener('fullscreenchange', changed);
    return () => document.removeEventListener('fullscreenchange', changed);
  }, []);
  if (!document.fullscreenEnabled) return undefined;
  return {
    id: 'fullScreen',
    icon: 'fullScreen',
    label: text('fullScreen.enter'),
    isOn,
    onPress: () => {
      // What is, and not what was last heard of: a second press may come before the browser has told of the first.
      const isWhole = Boolean(document.fullscreenElement);
      const change = isWhole ? document.exitFullscreen() : document.documentElement.requestFullscreen();
      // Where it is refused, the window stays as it is.
      change.catch(() => undefined);
    },
  };
}
