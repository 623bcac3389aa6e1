/** In the waiting room, and on the way between it and the call. */
import { useEffect, useRef } from 'preact/hooks';
import { Preview } from '../devices/preview';
import type { OwnMedia } from '../devices/own-media';
import { Breath } from '../parts/breath';
import { Button } from '../parts/button';
import { Notice } from '../parts/notice';
import { Toast } from '../parts/toast';
import { text } from '../texts/text';
import { troubleWords } from '../texts/trouble';
import { announce } from '../view/announce';
import { Headline } from '../view/headline';
import { useTitle } from '../view/title';
import type { GuestState } from './flow';
import type { Guest } from './guest';
import { MessageNotice, PastMessages, useMessages } from './host-messages';
import { useLost } from './lost';
import { keyOf } from './messages';
import { StillHere } from './still-here';

export function Waiting({ guest, media }: { readonly guest: Guest; readonly media: OwnMedia }) {
  const { unread, others, setRead } = useMessages(guest);
  const isLost = useLost(guest);
  const isAsked = guest.attention.isAsked.value;
  useTitle(isAsked ? text('stillHere.title') : unread ? text('waiting.messageTitle') : undefined);
  return (
    <div class="pair pair-centred">
      <Where guest={guest} />
      <Preview media={media} meetingId={guest.meetingId} />
      <PastMessages messages={others} />
      {/* Over the page: neither what is said nor a lost connection moves anything. */}
      {(isLost || unread) && (
        <Toast>
          {isLost && <Notice kind="warning">{text('waiting.lost')}</Notice>}
          {unread && <MessageNotice key={keyOf(unread)} message={unread} onRead={setRead} />}
        </Toast>
      )}
      {isAsked && <StillHere attention={guest.attention} />}
    </div>
  );
}

/** Where one stands, and what happens next. */
function Where({ guest }: { readonly guest: Guest }) {
  const { before, isAuto } = guest.place;
  const state = guest.state.value;
  const { title, rest } = wordsOf(state, isAuto.value);
  const order = isInOrder(state, isAuto.value) ? orderOf(before.value) : undefined;
  useEffect(() => announce(`${title} ${rest}`), [title, rest]);
  useProgress(order, before.value);
  return (
    // Another state is another view: reading begins anew, and nothing slides.
    <div class="stack waiting" key={rest}>
      <Breath />
      <Headline>{title}</Headline>
      {!isAuto.value && <p class="waiting-order">{order}</p>}
      <p class="waiting-words">{rest}</p>
      <div>
        <Button onClick={guest.leave}>{text('waiting.leave')}</Button>
      </div>
      <p class="small soft waiting-hint">
        {text(guest.screen.isOn.value ? 'waiting.screenOn' : 'waiting.keepOpen')}
      </p>
    </div>
  );
}

/** Says how it goes on. Where one stands at first is there to be read; of a long queue only its end is news. */
function useProgress(order: string | undefined, before: number | undefined): void {
  const last = useRef<string | undefined>(undefined);
  useEffect(() => {
    if (order === undefined) return;
    if (last.current !== undefined && last.current !== order && (before ?? 0) <= 3) announce(order);
    last.current = order;
  }, [order]);
}

/** Whether there is somebody to wait for but the host. */
const isInOrder = ({ stage, isLetIn, isOld, closedRoomId }: GuestState, isAuto: boolean): boolean =>
  stage === 'waiting' && !isAuto && !isLetIn && !isOld && closedRoomId === undefined;

function orderOf(before: number | undefined): string | undefined {
  if (before === undefined) return undefined;
  return before === 0 ? text('waiting.next') : text('waiting.before', { count: before });
}

function wordsOf(
  { stage, isLetIn, isOld, closedRoomId }: GuestState,
  isAuto: boolean,
): { title: string; rest: string } {
  if (stage === 'joining') return { title: text('joining.title'), rest: text('joining.words') };
  if (isOld) return { title: text('checking.title'), rest: text('checking.words') };
  if (closedRoomId !== undefined) return { title: text('paused.title'), rest: text('paused.words') };
  if (isLetIn) return { title: text('letIn.title'), rest: text('letIn.words') };
  return { title: text('waiting.title'), rest: text(isAuto ? 'waiting.auto' : 'waiting.words') };
}

export function Checking({ guest }: { readonly guest: Guest }) {
  const { trouble } = guest.state.value;
  return (
    <div class="stack single waiting">
      <Breath />
      <Headline>{text('checking.title')}</Headline>
      <p role="status">{trouble ? troubleWords(trouble) : text('checking.words')}</p>
      <div>
        <Button onClick={guest.leave}>{text('waiting.leave')}</Button>
      </div>
    </div>
  );
}

export function Stuck({ guest }: { readonly guest: Guest }) {
  const { trouble = 'fault' } = guest.state.value;
  return (
    <div class="stack single card ending">
      <Headline>{text('stuck.title')}</Headline>
      <p role="alert">{troubleWords(trouble)}</p>
      <div class="row">
        <Button kind="primary" onClick={guest.again}>
          {text('again')}
        </Button>
        <Button onClick={guest.leave}>{text('waiting.leave')}</Button>
      </div>
    </div>
  );
}
