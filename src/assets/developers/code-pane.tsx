/** The code of an example, in a tongue of one's choice, to be copied; the step that runs is marked. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../parts/button';
import { copyText } from '../parts/copy-text';
import { Tabs } from '../parts/tabs';
import { text, type TextKey } from '../texts/text';
import { announce } from '../view/announce';
import { codeOf, TONGUES, type TongueId } from './code/code';
import { Highlighted } from './code/highlight';
import type { Example, Step } from './example';

const COPIED_MS = 2_500;
const PANEL = 'code';

const NAMES: Readonly<Record<TongueId, TextKey>> = {
  curl: 'dev.curl',
  fetch: 'dev.fetch',
  client: 'dev.client',
};

export interface CodePaneProps {
  readonly example: Example;
  readonly tongue: TongueId;
  readonly onTongue: (tongue: TongueId) => void;
  readonly needsKey: boolean;
  readonly active: Step | undefined;
}

export function CodePane({ example, tongue, onTongue, needsKey, active }: CodePaneProps) {
  const pane = useRef<HTMLPreElement>(null);
  const blocks = codeOf(example, tongue, {
    origin: location.origin,
    needsKey,
    words: ({ says }) => text(says),
    elsewhere: text('dev.elsewhere'),
  });
  useEffect(() => {
    const scroller = pane.current;
    const line = scroller?.querySelector<HTMLElement>('[data-active]');
    // The pane alone scrolls, never the page.
    if (scroller && line) scroller.scrollTop = line.offsetTop - scroller.clientHeight / 3;
  }, [active]);
  return (
    <div class="try-code">
      <div class="row try-head">
        <Tabs
          label={text('dev.tongue')}
          panel={PANEL}
          chosen={tongue}
          onChoose={onTongue}
          tabs={TONGUES.map((id) => ({ id, content: text(NAMES[id]) }))}
        />
        <CopyButton code={blocks.map(({ code }) => code).join('\n\n')} pane={pane} />
      </div>
      <div id={PANEL} role="tabpanel" aria-label={text(NAMES[tongue])} class="try-space">
        {/* It scrolls by itself, so it can be reached by keyboard. */}
        <pre ref={pane} class="code" dir="ltr" tabIndex={0} role="region" aria-label={text('dev.code')}>
          {blocks.map(({ step, code }, index) => (
            <code key={index} data-active={step !== undefined && step === active ? '' : undefined}>
              <Highlighted code={code} as={tongue === 'curl' ? 'shell' : 'javascript'} />
            </code>
          ))}
        </pre>
      </div>
    </div>
  );
}

interface CopyButtonProps {
  readonly code: string;
  readonly pane: { readonly current: HTMLElement | null };
}

function CopyButton({ code, pane }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    const isCopied = await copyText(
      code,
      () => pane.current && getSelection()?.selectAllChildren(pane.current),
    );
    if (!isCopied) return announce(text('invite.notCopied'), true);
    setCopied(true);
    announce(text('dev.copied'));
    setTimeout(() => setCopied(false), COPIED_MS);
  };
  return (
    <Button
      class="button-small"
      icon={copied ? 'check' : 'copy'}
      aria-label={text(copied ? 'dev.copied' : 'dev.copy')}
      onClick={() => void copy()}
    >
      {text(copied ? 'invite.done' : 'invite.copyShort')}
    </Button>
  );
}
