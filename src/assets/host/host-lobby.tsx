/** Before the call: the invitation, one's own picture, and who waits already. */
import { Preview } from '../devices/preview';
import type { OwnMedia } from '../devices/own-media';
import { Button } from '../parts/button';
import { Field } from '../parts/field';
import { text } from '../texts/text';
import { Headline } from '../view/headline';
import { troubleWords } from '../guest/trouble';
import { Notice } from '../parts/notice';
import type { Host } from './host';
import { Invite } from './invite';
import { WaitingList } from './waiting-list';

interface HostLobbyProps {
  readonly host: Host;
  readonly media: OwnMedia;
  readonly isAuto: boolean;
}

export function HostLobby({ host, media, isAuto }: HostLobbyProps) {
  const isJoining = host.stage.value === 'joining';
  const join = async (): Promise<void> => {
    if (!media.isDecided.value) await media.openBoth();
    await host.join();
  };
  return (
    <div class="pair host-lobby">
      <div class="stack">
        <Headline>{text('lobby.title')}</Headline>
        <p class="soft">{text(isAuto ? 'lobby.auto' : 'lobby.manual')}</p>
        <Preview media={media} />
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
          {host.trouble.value && <Notice kind="danger">{troubleWords(host.trouble.value)}</Notice>}
          <Button kind="primary" type="submit" class="button-wide" busy={isJoining}>
            {text('lobby.join')}
          </Button>
        </form>
      </div>
      <div class="stack">
        {!isAuto && (
          <div class="card">
            <WaitingList host={host} isAuto={isAuto} />
          </div>
        )}
        <section class="card stack" aria-label={text('invite.title')}>
          <h2>{text('invite.title')}</h2>
          <Invite meetingId={host.meetingId} />
        </section>
      </div>
    </div>
  );
}
