/** The API for people: groups of addresses, each to be opened, and found by any of its words. */
import { useEffect, useState } from 'preact/hooks';
import { read } from '../api/call';
import { Highlighted } from '../developers/code/highlight';
import { useKept } from '../keep/kept-words';
import { Field } from '../parts/field';
import { speech } from '../texts/language';
import { text } from '../texts/text';
import { Headline } from '../view/headline';
import { type Description, entriesOf, type Entry, type Field as Parameter } from './description';

export function Reference() {
  const [description, setDescription] = useState<Description>();
  const [isGone, setGone] = useState(false);
  const [words, setWords] = useKept<string>('docs.search', '');
  useEffect(() => {
    read<Description>('/openapi.json', {}).then(setDescription, () => setGone(true));
  }, []);
  return (
    <div class="docs stack">
      <Headline keepsTitle>{text('docs.title')}</Headline>
      <p class="soft">{text('docs.lead')}</p>
      <p class="row small">
        <a href="/openapi.json">{text('docs.file')}</a>
        <a href="/foyer-client.js">{text('docs.client')}</a>
      </p>
      <Field label={text('docs.search')} value={words} onText={setWords} autoComplete="off" />
      {description ? (
        <Groups description={description} words={words} />
      ) : (
        <p role={isGone ? 'alert' : 'status'}>{text(isGone ? 'docs.gone' : 'docs.loading')}</p>
      )}
    </div>
  );
}

function Groups({ description, words }: { readonly description: Description; readonly words: string }) {
  const wanted = words.toLowerCase().split(/\s+/);
  const found = entriesOf(description).filter(({ verb, path, summary, group }) => {
    const said = `${verb} ${path} ${summary} ${group}`.toLowerCase();
    return wanted.every((word) => said.includes(word));
  });
  if (found.length === 0) return <p role="status">{text('docs.none')}</p>;
  return (
    <>
      {description.tags.map((group) => {
        const entries = found.filter((entry) => entry.group === group.name);
        if (entries.length === 0) return null;
        // What the API says of itself is English.
        return (
          <section key={group.name} class="stack docs-group" aria-label={group.name} lang="en" dir="ltr">
            <h2>{group.name}</h2>
            <p class="soft small">{group.description.replaceAll('`', '')}</p>
            <div class="card docs-card">
              {entries.map((entry) => (
                <Operation key={entry.id} entry={entry} />
              ))}
            </div>
          </section>
        );
      })}
    </>
  );
}

function Operation({ entry }: { readonly entry: Entry }) {
  const { verb, path, summary, callers, takes, request, gives, answer, refusals } = entry;
  return (
    <details id={entry.id} ref={openIfAddressed} onToggle={noteOpened}>
      <summary>
        <span class="docs-address">
          <b>{verb}</b> <code>{path}</code>
        </span>
        <span class="soft">{summary}</span>
      </summary>
      <div class="stack docs-details">
        <h3 lang={speech.value.language}>{text('docs.callers')}</h3>
        {callers.length === 0 && <p>{text('docs.anybody')}</p>}
        {callers.map((caller) => (
          <p key={caller}>{caller}</p>
        ))}
        <h3 lang={speech.value.language}>{text('docs.takes')}</h3>
        {takes.length === 0 ? (
          <p class="soft">{text('docs.takesNothing')}</p>
        ) : (
          <Fields fields={takes} marksRequired />
        )}
        {request !== undefined && <Example label={`${text('docs.example')}, ${path}`} code={request} />}
        <h3 lang={speech.value.language}>{text('docs.answers')}</h3>
        <Fields fields={gives} />
        {answer !== undefined && <Example label={`${text('docs.answers')}, ${path}`} code={answer} />}
        {refusals.length > 0 && <h3 lang={speech.value.language}>{text('docs.refuses')}</h3>}
        {refusals.map(({ status, words, examples }) => (
          <div key={status}>
            <p>
              <b>{status}</b> {words}
            </p>
            {examples.map((code) => (
              <Example key={code} label={`${status}, ${path}`} code={code} />
            ))}
          </div>
        ))}
      </div>
    </details>
  );
}

/** `/docs.html#postAdminCreate` is the place of one address, to be sent to others. */
function openIfAddressed(details: HTMLDetailsElement | null): void {
  if (!details || details.open || location.hash !== `#${details.id}`) return;
  details.open = true;
  details.scrollIntoView();
}

function noteOpened({ currentTarget }: { readonly currentTarget: HTMLDetailsElement }): void {
  if (currentTarget.open) history.replaceState(history.state, '', `#${currentTarget.id}`);
}

function Fields(props: { readonly fields: readonly Parameter[]; readonly marksRequired?: boolean }) {
  if (props.fields.length === 0) return null;
  return (
    <dl>
      {props.fields.map(({ name, required, words }) => (
        <div key={name}>
          <dt>
            <code>{name}</code> {props.marksRequired && required && <i>{text('docs.required')}</i>}
          </dt>
          <dd class="soft">{words}</dd>
        </div>
      ))}
    </dl>
  );
}

/** It scrolls by itself, so it can be reached by keyboard. */
const Example = ({ label, code }: { readonly label: string; readonly code: string }) => (
  <pre tabIndex={0} role="region" aria-label={label}>
    <code>{/^[[{]/.test(code) ? <Highlighted code={code} as="json" /> : code}</code>
  </pre>
);
