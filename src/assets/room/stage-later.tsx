/** The stage, as views name it that are there before anybody is in a call: it comes with the call. */
import { signal } from '@preact/signals';
import type { FunctionComponent } from 'preact';
import { useEffect } from 'preact/hooks';
import { learn } from '../texts/language';
import type { StageProps } from './stage';

const fetched = signal<FunctionComponent<StageProps>>();

/** Rejects when it does not come through; then it may be asked for again. */
export async function fetchStage(): Promise<void> {
  if (fetched.value) return;
  const [{ Stage }] = await Promise.all([import('./stage'), learn('stage')]);
  fetched.value = Stage;
}

export function StageLater(props: StageProps) {
  const Stage = fetched.value;
  useEffect(() => {
    // Whoever has a session has it already; see enter.ts.
    if (!Stage) fetchStage().catch(() => undefined);
  }, [Stage]);
  return Stage ? <Stage {...props} /> : null;
}
