/** What can be built, for developers: five things, each with an example that comes when somebody looks this far. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../parts/icon';
import { Tabs } from '../parts/tabs';
import { text } from '../texts/text';
import { CAPABILITIES, type ExampleId } from './example';
import type { TryIt as TryItView } from './try-it';

/** In the address: `#build`, or with the example that is wanted, `#build-calls`. */
const ANCHOR = 'build';
const PANEL = 'example';
/** Before it comes into view. */
const AHEAD = '200px';

type TryIt = typeof TryItView;

export function Developers() {
  const [chosen, setChosen] = useState<ExampleId>(inAddress);
  const section = useRef<HTMLElement>(null);
  const [TryIt, isGone] = useTryIt(section);
  useEffect(() => {
    const changed = (): void => setChosen(inAddress());
    // The page was not there yet when the browser looked for the place.
    if (location.hash.startsWith(`#${ANCHOR}`)) section.current?.scrollIntoView({ behavior: 'instant' });
    addEventListener('hashchange', changed);
    return () => removeEventListener('hashchange', changed);
  }, []);
  const choose = (id: ExampleId): void => {
    setChosen(id);
    history.replaceState(history.state, '', `#${ANCHOR}-${id}`);
  };
  return (
    <section ref={section} id={ANCHOR} class="stack dev" aria-labelledby="build-heading">
      <h2 id="build-heading">{text('dev.title')}</h2>
      <p class="dev-lead soft">{text('dev.lead')}</p>
      <Tabs
        label={text('dev.pick')}
        class="dev-list"
        tabClass="dev-one"
        panel={PANEL}
        chosen={chosen}
        onChoose={choose}
        tabs={CAPABILITIES.map(({ id, icon, title, words }) => ({
          id,
          content: (
            <>
              <Icon name={icon} />
              <b>{text(title)}</b>
              <span class="small soft">{text(words)}</span>
            </>
          ),
        }))}
      />
      <div class="card dev-panel" id={PANEL} role="tabpanel" aria-label={titleOf(chosen)}>
        {TryIt ? (
          <TryIt key={chosen} id={chosen} />
        ) : (
          <p class="soft" role={isGone ? 'alert' : undefined}>
            {text(isGone ? 'dev.gone' : 'dev.loading')}
          </p>
        )}
      </div>
      <p class="row">
        <a href="/docs.html">{text('docs.title')}</a>
        <a href="/openapi.json">{text('docs.file')}</a>
        <a href="/foyer-client.js">{text('docs.client')}</a>
      </p>
    </section>
  );
}

const titleOf = (wanted: ExampleId): string =>
  CAPABILITIES.filter(({ id }) => id === wanted).map(({ title }) => text(title))[0] ?? '';

function inAddress(): ExampleId {
  const wanted = location.hash.slice(ANCHOR.length + 2);
  return CAPABILITIES.find(({ id }) => id === wanted)?.id ?? 'meetings';
}

/** The examples' code, once the section comes near; and whether it did not come through. */
function useTryIt(section: { readonly current: HTMLElement | null }): [TryIt | undefined, boolean] {
  const [loaded, setLoaded] = useState<{ readonly TryIt: TryIt }>();
  const [isGone, setGone] = useState(false);
  useEffect(() => {
    const watcher = new IntersectionObserver(
      (seen) => {
        if (!seen.some(({ isIntersecting }) => isIntersecting)) return;
        watcher.disconnect();
        import('./try-it').then(setLoaded, () => setGone(true));
      },
      { rootMargin: AHEAD },
    );
    if (section.current) watcher.observe(section.current);
    return () => watcher.disconnect();
  }, []);
  return [loaded?.TryIt, isGone];
}
