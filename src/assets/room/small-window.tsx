/**
 * The call in a small window over all others: who is pinned, shown or speaking, and the most needed buttons. Where a
 * browser has no such windows, but lets one picture out of the page, it is that picture.
 */
import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { MenuItem } from '../parts/menu';
import { text } from '../texts/text';
import { SmallStage, type SmallStageProps } from './small-stage';

/** https://wicg.github.io/document-picture-in-picture/ */
interface WindowMaker {
  requestWindow(size: { readonly width: number; readonly height: number }): Promise<Window>;
}

const SIZE = { width: 360, height: 270 };

const windowMaker = (): WindowMaker | undefined =>
  (globalThis as { documentPictureInPicture?: WindowMaker }).documentPictureInPicture;

/** @returns undefined where the browser cannot do it; whatever is open closes with the call */
export function useSmallWindow(props: SmallStageProps): MenuItem | undefined {
  const [opened, setOpened] = useState<Window>();
  const [isOut, setOut] = useState(false);
  useEffect(() => {
    if (!opened) return undefined;
    return () => {
      render(null, opened.document.body);
      opened.close();
    };
  }, [opened]);
  // Without a list of dependencies: its view is drawn whenever this one is.
  useEffect(() => {
    if (opened) render(<SmallStage {...props} />, opened.document.body);
  });
  usePictureOut(setOut);
  const maker = windowMaker();
  if (!maker && !document.pictureInPictureEnabled) return undefined;
  const isOn = opened !== undefined || isOut;
  return {
    id: 'smallWindow',
    icon: 'smallWindow',
    label: text('smallWindow.open'),
    isOn,
    onPress: () => {
      if (opened) opened.close();
      else if (isOut) void document.exitPictureInPicture();
      // Whoever refuses has a reason of their own; the call stays where it is.
      else if (maker) openWith(maker, setOpened).catch(() => undefined);
      else
        largestPicture()
          ?.requestPictureInPicture()
          .catch(() => undefined);
    },
  };
}

async function openWith(maker: WindowMaker, set: (opened: Window | undefined) => void): Promise<void> {
  const opened = await maker.requestWindow(SIZE);
  const { documentElement: root, head } = opened.document;
  const { lang, dir, className } = document.documentElement;
  Object.assign(root, { lang, dir, className });
  for (const { href } of document.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]')) {
    head.append(Object.assign(opened.document.createElement('link'), { rel: 'stylesheet', href }));
  }
  opened.document.title = document.title;
  opened.addEventListener('pagehide', () => set(undefined), { once: true });
  set(opened);
}

/** What most of the window is given to. */
function largestPicture(): HTMLVideoElement | undefined {
  const area = ({ clientWidth, clientHeight }: HTMLVideoElement): number => clientWidth * clientHeight;
  return [...document.querySelectorAll('video')].toSorted((a, b) => area(b) - area(a))[0];
}

function usePictureOut(set: (isOut: boolean) => void): void {
  useEffect(() => {
    const changed = (): void => set(document.pictureInPictureElement !== null);
    document.addEventListener('enterpictureinpicture', changed);
    document.addEventListener('leavepictureinpicture', changed);
    return () => {
      document.removeEventListener('enterpictureinpicture', changed);
      document.removeEventListener('leavepictureinpicture', changed);
      if (document.pictureInPictureElement) void document.exitPictureInPicture();
    };
  }, []);
}
