/** Between a press of "Call" and the call: it rings at the other side, or the two are being connected. */
import { useEffect } from 'preact/hooks';
import type { OwnMedia } from '../devices/own-media';
import { Preview } from '../devices/preview';
import { Breath } from '../parts/breath';
import { Button } from '../parts/button';
import { text } from '../texts/text';
import { troubleWords } from '../texts/trouble';
import { announce } from '../view/announce';
import { BackGuard } from '../view/back-guard';
import { Headline } from '../view/headline';
import { TroubleNotice } from '../view/trouble-notice';
import type { Desk } from './desk';
import { otherOf } from './outcome';

interface OnTheWayProps {
  readonly desk: Desk;
  readonly media: OwnMedia;
}

export function OnTheWay({ desk, media }: OnTheWayProps) {
  const { phone } = desk;
  const { stage, trouble } = phone.state.value;
  const { title, words } = wordsOf(desk);
  useEffect(() => announce(`${title}. ${words}`), [title, words]);
  return (
    <div class="pair pair-centred">
      {/* Another state is another view: reading begins anew, and nothing slides. */}
      <div class="stack waiting" key={title}>
        <Breath />
        <Headline>{title}</Headline>
        <p class="waiting-words">{words}</p>
        <div class="row">
          <Button kind="danger" icon="leave" onClick={phone.leave}>
            {text('call.hangUp')}
          </Button>
          {stage === 'checking' && <Button onClick={phone.join}>{text('again')}</Button>}
        </div>
        {stage === 'checking' && <TroubleNotice words={trouble && troubleWords(trouble)} />}
      </div>
      <Preview media={media} />
      <BackGuard leave={text('call.hangUp')} onLeave={phone.leave} />
    </div>
  );
}

function wordsOf({ phone, user, line }: Desk): { readonly title: string; readonly words: string } {
  const { stage, call, callee, isStuck } = phone.state.value;
  const name = (call ? otherOf(call, user.id) : callee)?.name ?? '';
  if (stage === 'placing')
    return { title: text('dialling.title', { name }), words: text('dialling.placing') };
  if (stage === 'dialling') {
    const isLost = line.state.value === 'lost';
    return {
      title: text('dialling.title', { name }),
      words: text(isLost ? 'dialling.lost' : 'dialling.words'),
    };
  }
  if (stage === 'checking') {
    const words = text(isStuck ? 'rejoining.stuck' : 'rejoining.words', { name });
    return { title: text(isStuck ? 'rejoining.stuckTitle' : 'rejoining.title'), words };
  }
  if (stage === 'joining')
    return { title: text('connecting.title', { name }), words: text('connecting.words') };
  return { title: text('checking.title'), words: text('resuming.words') };
}
