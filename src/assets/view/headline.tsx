/** A view's heading. When the view changes the focus goes there, so that reading and tabbing begin at the top. */
import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { headedBy } from './title';

let isFirstView = true;

export interface HeadlineProps {
  readonly children: ComponentChildren;
  /** The page's own title says more. */
  readonly keepsTitle?: boolean;
}

export function Headline({ children, keepsTitle = false }: HeadlineProps) {
  const ref = useRef<HTMLHeadingElement>(null);
  // Before the view is seen: nobody has clicked anything in it yet.
  useLayoutEffect(() => {
    // After a page load the browser's own place at the top is right.
    if (!isFirstView) ref.current?.focus();
    isFirstView = false;
  }, []);
  useEffect(() => headedBy(keepsTitle ? undefined : (ref.current?.textContent ?? undefined)));
  return (
    <h1 ref={ref} tabIndex={-1}>
      {children}
    </h1>
  );
}
