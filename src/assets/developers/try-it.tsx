/** One example: its code in three tongues, and beside it what happens when it runs against this very server. */
import { signal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import { serverWantsKey } from '../api/operator-key';
import { Button } from '../parts/button';
import { text } from '../texts/text';
import { announce } from '../view/announce';
import { Answers } from './answers';
import { CodePane } from './code-pane';
import type { TongueId } from './code/code';
import type { Example, ExampleId } from './example';
import { calls } from './examples/calls';
import { meetings } from './examples/meetings';
import { persistent } from './examples/persistent';
import { rooms } from './examples/rooms';
import { tokens } from './examples/tokens';
import { createTrial, type Trial } from './trial';

const EXAMPLES: Readonly<Record<ExampleId, Example>> = { meetings, calls, rooms, persistent, tokens };

/** Stays when another example is chosen. */
const tongue = signal<TongueId>('client');

/** Another example is another instance. */
export function TryIt({ id }: { readonly id: ExampleId }) {
  const example = EXAMPLES[id];
  const [trial] = useState(() => createTrial(example));
  useEffect(() => trial.stop, []);
  useEffect(() => {
    if (trial.state.value === 'done') announce(text('dev.done'));
    if (trial.state.value === 'failed') announce(text('dev.failed'), true);
  }, [trial.state.value]);
  const needsKey = serverWantsKey.value;
  return (
    <div class="try">
      <CodePane
        example={example}
        tongue={tongue.value}
        onTongue={(picked) => (tongue.value = picked)}
        needsKey={needsKey}
        active={trial.active.value}
      />
      <div class="try-side">
        <div class="row try-head">
          <Button
            kind="primary"
            icon="play"
            busy={trial.state.value === 'running'}
            onClick={() => void trial.run()}
          >
            {text('dev.run')}
          </Button>
          <Outcome trial={trial} needsKey={needsKey} />
        </div>
        <LiveRows example={example} trial={trial} />
        <Answers entries={trial.entries.value} />
        <p class="try-foot small soft">{text('dev.more', { section: example.section })}</p>
      </div>
    </div>
  );
}

/** What is seen to change, as it changes. */
function LiveRows({ example, trial }: { readonly example: Example; readonly trial: Trial }) {
  return (
    <dl class="try-rows" aria-label={text('dev.live')}>
      {example.rows.map(({ id, label }) => {
        const values = trial.rows.value.get(id) ?? [];
        return (
          <div key={id}>
            <dt class="small soft">{text(label)}</dt>
            <dd>
              {values.length === 0 && <span class="soft">{text('dev.nothingYet')}</span>}
              {values.map((value, index) => (
                <span key={index} class={index === values.length - 1 ? 'try-now' : 'soft'}>
                  {index > 0 && <span aria-hidden="true"> → </span>}
                  {value}
                </span>
              ))}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

function Outcome({ trial, needsKey }: { readonly trial: Trial; readonly needsKey: boolean }) {
  const state = trial.state.value;
  if (state === 'done') return <p class="try-outcome small">{text('dev.done')}</p>;
  if (state === 'failed') return <p class="try-outcome try-failed small">{text('dev.failed')}</p>;
  return needsKey ? <p class="try-outcome small soft">{text('dev.key')}</p> : null;
}
