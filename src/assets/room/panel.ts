/** What can be shown beside the call: people, chat. One at a time; see side.tsx for where. */
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { kept } from '../keep/kept';
import type { IconName } from '../parts/icon';
import { useWide } from '../view/wide';

export interface Panel {
  readonly id: string;
  readonly icon: IconName;
  /** Below its control's icon, and over the panel. */
  readonly label: string;
  /** What a press on its control does; each contains the label, for those who say it. */
  readonly names: { readonly show: string; readonly hide: string };
  /** How many things in it want to be looked at. */
  readonly badge?: number;
  /** Where there is room for it beside the call, it is there from the start. */
  readonly startsOpen?: boolean;
  /** What to say over the tiles while the panel is out of sight. @param show shows it */
  readonly news?: (show: () => void) => ComponentChildren;
  readonly content: ComponentChildren;
}

export interface OpenPanel {
  readonly panel: Panel | undefined;
  readonly show: (id: string) => void;
  readonly toggle: (id: string) => void;
  readonly close: () => void;
}

const NONE = '';

/** Kept for a reload in the middle of a call; the next call begins as calls begin. */
const lastChosen = kept('panel');

export function useOpenPanel(panels: readonly Panel[]): OpenPanel {
  const isWide = useWide();
  // Over the call a panel waits until it is wanted.
  const [chosen, setChosen] = useState(() => lastChosen.read());
  useEffect(() => () => lastChosen.forget(), []);
  const choose = (id: string): void => {
    lastChosen.keep(id);
    setChosen(id);
  };
  const first = isWide ? panels.find(({ startsOpen }) => startsOpen) : undefined;
  const panel = chosen === undefined ? first : panels.find(({ id }) => id === chosen);
  return {
    panel,
    show: choose,
    toggle: (id) => choose(panel?.id === id ? NONE : id),
    close: () => choose(NONE),
  };
}
