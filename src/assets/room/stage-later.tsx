/** The stage, as views name it that are there before anybody is in a call: it comes with the call. */
import { signal } from '@preact/signals';
import type { FunctionComponent } from 'preact';
import { useEffect } from 'preact/hooks';
import { learn } from '../texts/language';
import type { StageProps } from './stage';

const stage = signal<FunctionComponent<StageProps>>();
let coming: Promise<void> | undefined;

/** Its code, words and style. Rejects when something does not come through; then it may be asked for again. */
export function fetchStage(): Promise<void> {
  coming ??= fetched().catch((error: unknown) => {
    coming = undefined;
    throw error;
  });
  return coming;
}

async function fetched(): Promise<void> {
  const [{ Stage }] = await Promise.all([import('./stage'), learn('stage'), styled()]);
  stage.value = Stage;
}

/** The page names the style, switched off: a browser loads it once it is switched on. */
function styled(): Promise<void> {
  const link = document.getElementById('stage-style');
  if (!(link instanceof HTMLLinkElement) || link.sheet) return Promise.resolve();
  return new Promise((resolve, reject) => {
    link.addEventListener('load', () => resolve(), { once: true });
    link.addEventListener(
      'error',
      () => {
        link.disabled = true;
        reject(new Error('the style of the call did not come'));
      },
      { once: true },
    );
    link.disabled = false;
  });
}

export function StageLater(props: StageProps) {
  const Stage = stage.value;
  useEffect(() => {
    // Whoever has a session has it already; see enter.ts.
    if (!Stage) fetchStage().catch(() => undefined);
  }, [Stage]);
  return Stage ? <Stage {...props} /> : null;
}
