/** A toolbar is one stop for the Tab key; arrow keys lead through it (the toolbar pattern of ARIA's authoring practices). */
import { useLayoutEffect } from 'preact/hooks';

const GOES: Readonly<Record<string, 1 | -1 | 'first' | 'last'>> = {
  ArrowRight: 1,
  ArrowDown: 1,
  ArrowLeft: -1,
  ArrowUp: -1,
  Home: 'first',
  End: 'last',
};

export function useOneStop(ref: { readonly current: HTMLElement | null }): void {
  // After every drawing: buttons come and go.
  useLayoutEffect(() => {
    const buttons = buttonsIn(ref.current);
    const stop = buttons.find((button) => button.tabIndex === 0 && button.dataset['stop']) ?? buttons[0];
    stopAt(buttons, stop);
  });
  useLayoutEffect(() => {
    const bar = ref.current;
    if (!bar) return undefined;
    const pressed = (event: KeyboardEvent): void => {
      const go = GOES[event.key];
      const buttons = buttonsIn(bar);
      const now = buttons.indexOf(event.target as HTMLElement);
      if (go === undefined || now < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      buttons[next(go, now, buttons.length, getComputedStyle(bar).direction === 'rtl', event.key)]?.focus();
    };
    const focused = ({ target }: FocusEvent): void => {
      const buttons = buttonsIn(bar);
      if (buttons.includes(target as HTMLElement)) stopAt(buttons, target as HTMLElement);
    };
    bar.addEventListener('keydown', pressed);
    bar.addEventListener('focusin', focused);
    return () => {
      bar.removeEventListener('keydown', pressed);
      bar.removeEventListener('focusin', focused);
    };
  }, []);
}

function next(
  go: 1 | -1 | 'first' | 'last',
  now: number,
  count: number,
  isRtl: boolean,
  key: string,
): number {
  if (go === 'first') return 0;
  if (go === 'last') return count - 1;
  const step = isRtl && (key === 'ArrowLeft' || key === 'ArrowRight') ? -go : go;
  return (now + step + count) % count;
}

function stopAt(buttons: readonly HTMLElement[], stop: HTMLElement | undefined): void {
  for (const button of buttons) {
    button.tabIndex = button === stop ? 0 : -1;
    if (button === stop) button.dataset['stop'] = 'true';
    else delete button.dataset['stop'];
  }
}

/** Without those of an open menu, which has keys of its own. */
const buttonsIn = (bar: HTMLElement | null): HTMLElement[] =>
  [...(bar?.querySelectorAll<HTMLElement>('button') ?? [])].filter(
    (button) => !button.closest('[role="menu"]'),
  );
