/** How somebody looks at a call: who is pinned, and whether all are the same size. */
import { type Signal, signal } from '@preact/signals';
import { keptInBrowser } from '../keep/kept';
import type { Layout } from './large';

export interface View {
  /** A tile's id. */
  readonly pinned: Signal<string | undefined>;
  readonly layout: Signal<Layout>;
  readonly setLayout: (layout: Layout) => void;
}

export function createView(): View {
  const pinned = signal<string>();
  const known = keptInBrowser('layout');
  const layout = signal<Layout>(known.read() === 'speaker' ? 'speaker' : 'tiles');
  return {
    pinned,
    layout,
    setLayout(wanted) {
      known.keep(wanted);
      layout.value = wanted;
    },
  };
}
