/** A view's heading. When the view changes the focus goes there, so that reading and tabbing begin at the top. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

let isFirstView = true;

export function Headline({ children }: { readonly children: ComponentChildren }) {
  const ref = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // After a page load the browser's own place at the top is right.
    if (!isFirstView) ref.current?.focus();
    isFirstView = false;
  }, []);
  return (
    <h1 ref={ref} tabIndex={-1}>
      {children}
    </h1>
  );
}
