/** Opens the test of everything, which is loaded then. */
import type { FunctionComponent } from 'preact';
import { useState } from 'preact/hooks';
import { Dialog } from '../parts/dialog';
import { Icon } from '../parts/icon';
import { learn } from '../texts/language';
import { text } from '../texts/text';
import type { PrecallTestProps } from './precall-test';

export function TestButton(props: PrecallTestProps) {
  const [Test, show] = useState<FunctionComponent<PrecallTestProps>>();
  const open = async (): Promise<void> => {
    const [{ PrecallTest }] = await Promise.all([import('./precall-test'), learn('test')]);
    show(() => PrecallTest);
  };
  return (
    <>
      <button type="button" class="device-open" onClick={() => void open().catch(() => undefined)}>
        <Icon name="signal" size={20} />
        <span>{text('test.open')}</span>
      </button>
      {Test && (
        <Dialog title={text('test.title')} onClose={() => show(undefined)}>
          <Test {...props} />
        </Dialog>
      )}
    </>
  );
}
