/** What went wrong, below the button that was pressed: the button stays where it is, and the words are in sight. */
import { useEffect, useRef } from 'preact/hooks';
import { Notice } from '../parts/notice';

export function TroubleNotice({ words }: { readonly words: string | undefined }) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => ref.current?.scrollIntoView({ block: 'nearest' }), [words]);
  return words === undefined ? null : (
    <div ref={ref}>
      <Notice kind="danger">{words}</Notice>
    </div>
  );
}
