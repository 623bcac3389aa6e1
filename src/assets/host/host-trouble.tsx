/** Why what the host wanted has not happened: read out as soon as it is known. */
import type { ComponentChildren } from 'preact';
import { Notice } from '../parts/notice';
import { troubleWords } from '../texts/trouble';
import type { Host } from './host';

interface HostTroubleProps {
  readonly host: Pick<Host, 'trouble'>;
  /** Buttons. */
  readonly actions?: ComponentChildren;
}

export function HostTrouble({ host, actions }: HostTroubleProps) {
  const why = host.trouble.value;
  return why ? (
    <div role="alert">
      <Notice kind="danger" actions={actions}>
        {troubleWords(why)}
      </Notice>
    </div>
  ) : null;
}
