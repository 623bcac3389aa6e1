/** The call with a side: beside it where there is room, in a sheet over it on a phone. */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { Dialog } from '../parts/dialog';
import { text } from '../texts/text';
import { useWide } from '../view/wide';
import { Control } from './controls';
import { Stage, type StageProps } from './stage';

export interface StageWithSideProps extends Pick<
  StageProps,
  'session' | 'media' | 'title' | 'onLeave' | 'leave'
> {
  /** How many wait for something to be done in the side. */
  readonly waiting?: number;
  /** What to say over the tiles while the side is out of sight. @param show shows it */
  readonly news?: (show: () => void) => ComponentChildren;
  readonly children: ComponentChildren;
}

export function StageWithSide({ waiting = 0, news, children, ...stage }: StageWithSideProps) {
  const isWide = useWide();
  // Beside the call there is room for it from the start; over the call it waits until it is wanted.
  const [isOpen, setOpen] = useState<boolean>();
  const isShown = isOpen ?? isWide;
  const name =
    waiting > 0
      ? text('controls.peopleWaiting', { count: waiting })
      : text(isShown ? 'controls.hidePeople' : 'controls.showPeople');
  return (
    <>
      <Stage
        {...stage}
        notices={!isShown && news?.(() => setOpen(true))}
        controls={
          <Control
            icon="people"
            label={text('controls.people')}
            name={name}
            look={isShown ? 'active' : undefined}
            badge={waiting}
            onClick={() => setOpen(!isShown)}
          />
        }
        side={
          isShown && isWide ? (
            <aside class="side" aria-label={text('controls.people')}>
              {children}
            </aside>
          ) : undefined
        }
      />
      {isShown && !isWide && (
        <Dialog sheet title={text('controls.people')} onClose={() => setOpen(false)}>
          {children}
        </Dialog>
      )}
    </>
  );
}
