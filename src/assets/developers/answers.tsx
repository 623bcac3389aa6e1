/** What was asked and what came back, as it comes; the list keeps to its place, and shows its end. */
import { useEffect, useRef } from 'preact/hooks';
import { text } from '../texts/text';
import { Highlighted } from './code/highlight';
import { shown } from './shown';
import type { Entry } from './trial';

export function Answers({ entries }: { readonly entries: readonly Entry[] }) {
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    const scroller = list.current;
    if (scroller) scroller.scrollTop = scroller.scrollHeight;
  }, [entries]);
  if (entries.length === 0) {
    return (
      <div class="answers answers-none">
        <p class="soft">{text('dev.empty')}</p>
      </div>
    );
  }
  return (
    // It scrolls by itself, so it can be reached by keyboard.
    <ol ref={list} class="answers" tabIndex={0} aria-label={text('dev.answers')}>
      {entries.map((entry, index) => (
        <li key={index}>
          <OneEntry entry={entry} />
        </li>
      ))}
    </ol>
  );
}

function OneEntry({ entry }: { readonly entry: Entry }) {
  const { step, line, isNews, sent, answer, status, ms } = entry;
  const isRefused = status !== undefined && (status === 0 || status >= 400);
  return (
    <>
      <p class="small soft">{isNews ? text('dev.heard', { name: line }) : text(step.says)}</p>
      {!isNews && (
        <p class="answer-line" dir="ltr">
          <code>{line}</code>
          {status !== undefined && status > 0 && (
            <span class={isRefused ? 'status status-refused' : 'status'}>{status}</span>
          )}
          {ms !== undefined && <span class="small soft">{text('dev.took', { ms: Math.round(ms) })}</span>}
        </p>
      )}
      {sent !== undefined && <Json of={sent} class="answer-sent" />}
      {answer !== undefined && <Json of={answer} class={isRefused ? 'answer-refused' : ''} />}
    </>
  );
}

const Json = ({ of, class: more }: { readonly of: unknown; readonly class: string }) => (
  <pre class={`answer ${more}`} dir="ltr">
    <code>
      <Highlighted code={shown(of)} as="json" />
    </code>
  </pre>
);
