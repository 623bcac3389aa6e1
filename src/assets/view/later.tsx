/** A view whose code is fetched when it is first wanted, so that nobody waits for what they may never see. */
import { signal } from '@preact/signals';
import type { FunctionComponent } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Button } from '../parts/button';
import { wordsFor } from '../texts/reasons';
import { text } from '../texts/text';
import { EndingCard } from './ending';
import { Frame } from './frame';

/**
 * Fills the page. Where its code does not come through, that is said, and it is asked for again.
 * @param fetch the view; called until it resolves, once at a time
 */
export function later<Props extends object>(
  fetch: () => Promise<FunctionComponent<Props>>,
): FunctionComponent<Props> {
  const fetched = signal<FunctionComponent<Props>>();
  return function Later(props: Props) {
    const [isGone, setGone] = useState(false);
    const View = fetched.value;
    const fetchIt = (): void => {
      setGone(false);
      fetch().then(
        (view) => (fetched.value ??= view),
        () => setGone(true),
      );
    };
    useEffect(() => {
      if (!View) fetchIt();
    }, []);
    if (View) return <View {...props} />;
    return (
      <Frame>
        {isGone && (
          <EndingCard icon="warning" title={text('stuck.title')} words={wordsFor('offline')}>
            <Button kind="primary" onClick={fetchIt}>
              {text('again')}
            </Button>
          </EndingCard>
        )}
      </Frame>
    );
  };
}
