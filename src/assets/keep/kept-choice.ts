/** One of a few things, as chosen in this browser until chosen otherwise. */
import { type ReadonlySignal, signal } from '@preact/signals';
import { keptInBrowser } from './kept';

export interface KeptChoice<Option extends string> {
  readonly chosen: ReadonlySignal<Option>;
  readonly choose: (option: Option) => void;
}

/** @param first what it is until somebody chooses, or when what was kept is no option any more */
export function keptChoice<Option extends string>(
  name: string,
  options: readonly Option[],
  first: Option,
): KeptChoice<Option> {
  const kept = keptInBrowser(name);
  const chosen = signal<Option>(options.find((option) => option === kept.read()) ?? first);
  return {
    chosen,
    choose(option) {
      chosen.value = option;
      kept.keep(option);
    },
  };
}
