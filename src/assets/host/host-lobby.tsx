/** Before the call: the invitation, one's own picture, and who waits already. */
import { useRef, useState } from 'preact/hooks';
import { Preview } from '../devices/preview';
import type { OwnMedia } from '../devices/own-media';
import { Button } from '../parts/button';
import { Field } from '../parts/field';
import { Toast } from '../parts/toast';
import { text } from '../texts/text';
import { useInSight } from '../view/in-sight';
import { useWide } from '../view/wide';
import { Headline } from '../view/headline';
import { TroubleNotice } from '../view/trouble-notice';
import { troubleWords } from '../texts/trouble';
import { Invite } from '../parts/invite';
import type { Host } from './host';
import { invitationTo } from './invitation';
import { Knocks } from './knocks';
import { WaitingList } from './waiting-list';
import { WriteMessage } from './write-message';

interface HostLobbyProps {
  readonly host: Host;
  readonly media: OwnMedia;
  readonly isAuto: boolean;
}

export function HostLobby({ host, media, isAuto }: HostLobbyProps) {
  const isJoining = host.stage.value === 'joining';
  const isWide = useWide();
  const join = async (): Promise<void> => {
    if (!media.isDecided.value) await media.openBoth();
    await host.join();
  };
  const waitingRef = useRef<HTMLDivElement>(null);
  const isListed = useInSight(waitingRef);
  const invitation = (
    <section key="invite" class="card stack host-lobby-invite" aria-label={text('invite.title')}>
      <h2>{text('invite.title')}</h2>
      <Invite {...invitationTo(host.meetingId)} />
    </section>
  );
  const joining = (
    <div key="join" class="stack host-lobby-join">
      <Preview media={media} meetingId={host.meetingId} />
      <form
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void join();
        }}
      >
        <Field
          label={text('name.optional')}
          autoComplete="name"
          maxLength={80}
          value={host.name.value}
          onText={(value) => (host.name.value = value)}
        />
        <Button kind="primary" type="submit" class="button-wide" busy={isJoining}>
          {text('lobby.join')}
        </Button>
        <TroubleNotice words={host.trouble.value && troubleWords(host.trouble.value)} />
      </form>
    </div>
  );
  const waiting = isAuto ? (
    <MessageAll key="all" host={host} />
  ) : (
    <div key="waiting" ref={waitingRef} class="card host-lobby-waiting">
      <WaitingList host={host} isAuto={isAuto} />
    </div>
  );
  return (
    <div class="host-lobby">
      <div key="head" class="stack host-lobby-head">
        <Headline>{text('lobby.title')}</Headline>
        <p class="soft">{text(isAuto ? 'lobby.auto' : 'lobby.manual')}</p>
      </div>
      {/* Where there is room those who wait are in sight from the start; elsewhere a message leads to them. */}
      {isWide && !isAuto ? [waiting, invitation, joining] : [invitation, joining, waiting]}
      {!isListed && host.waiting.value.length > 0 && (
        <Toast>
          <Knocks host={host} onShow={() => waitingRef.current?.scrollIntoView({ block: 'start' })} />
        </Toast>
      )}
    </div>
  );
}

/** Where everybody is let in nobody is listed, and they can be told something all the same. */
function MessageAll({ host }: { readonly host: Host }) {
  const [isWriting, setWriting] = useState(false);
  return (
    <section class="card stack host-lobby-all" aria-labelledby="lobby-all">
      <h2 id="lobby-all">{text('lobby.autoTitle')}</h2>
      <p class="soft">{text('lobby.autoWords')}</p>
      <div>
        <Button icon="chat" onClick={() => setWriting(true)}>
          {text('list.messageAll')}
        </Button>
      </div>
      {isWriting && <WriteMessage host={host} guest={undefined} onClose={() => setWriting(false)} />}
    </section>
  );
}
