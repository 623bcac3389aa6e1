/** In the waiting room, and on the way between it and the call. */
import { useEffect, useRef } from 'preact/hooks';
import { Preview } from '../devices/preview';
import type { OwnMedia } from '../devices/own-media';
import { Breath } from '../parts/breath';
import { Button } from '../parts/button';
import { Notice } from '../parts/notice';
import { text } from '../texts/text';
import { announce } from '../view/announce';
import { Headline } from '../view/headline';
import type { Guest } from './guest';
import type { GuestState } from './flow';
import { troubleWords } from '../texts/trouble';

export function Waiting({ guest, media }: { readonly guest: Guest; readonly media: OwnMedia }) {
  const state = guest.state.value;
  const words = wordsOf(state);
  const isLost = guest.connection.value === 'lost';
  useEffect(() => announce(`${words.title} ${words.rest}`), [words.title, words.rest]);
  const wasLost = useRef(false);
  useEffect(() => {
    if (isLost !== wasLost.current) announce(text(isLost ? 'waiting.lost' : 'waiting.back'), true);
    wasLost.current = isLost;
  }, [isLost]);
  return (
    <div class="pair pair-centred">
      {/* Another state is another view: reading begins anew, and nothing slides. */}
      <div class="stack waiting" key={words.rest}>
        <Breath />
        <Headline>{words.title}</Headline>
        <p class="waiting-words">{words.rest}</p>
        {isLost && (
          <div class="toast">
            <Notice kind="warning">{text('waiting.lost')}</Notice>
          </div>
        )}
        <div>
          <Button onClick={guest.leave}>{text('waiting.leave')}</Button>
        </div>
      </div>
      <Preview media={media} />
    </div>
  );
}

function wordsOf({ stage, isLetIn, closedRoomId }: GuestState): { title: string; rest: string } {
  if (stage === 'joining') return { title: text('joining.title'), rest: text('joining.words') };
  if (closedRoomId !== undefined) return { title: text('paused.title'), rest: text('paused.words') };
  if (isLetIn) return { title: text('letIn.title'), rest: text('letIn.words') };
  return { title: text('waiting.title'), rest: text('waiting.words') };
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
