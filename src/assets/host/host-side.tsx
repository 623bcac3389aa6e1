/** Beside the call, or in a sheet on a phone: who waits, who is here, the invitation, the end. */
import { useState } from 'preact/hooks';
import { Button } from '../parts/button';
import { Confirm, Dialog } from '../parts/dialog';
import type { Participant } from '../media/media';
import { nameOf } from '../room/name-of';
import { People } from '../room/people';
import type { RoomSession } from '../room/session';
import { text } from '../texts/text';
import type { Host } from './host';
import { HostTrouble } from './host-trouble';
import { Invite } from '../parts/invite';
import { invitationTo } from './invitation';
import { WaitingList } from './waiting-list';

interface HostSideProps {
  readonly host: Host;
  readonly session: RoomSession;
  readonly isAuto: boolean;
}

export function HostSide({ host, session, isAuto }: HostSideProps) {
  const [open, setOpen] = useState<'end' | 'invite'>();
  const close = (): void => setOpen(undefined);
  return (
    <>
      {!isAuto && <WaitingList host={host} isAuto={isAuto} />}
      <InTheRoom host={host} session={session} />
      <div class="side-foot">
        {/* Otherwise the list says it. */}
        {isAuto && <HostTrouble host={host} />}
        <Button class="button-wide" icon="invite" onClick={() => setOpen('invite')}>
          {text('invite.title')}
        </Button>
        <Button class="button-wide" onClick={() => setOpen('end')}>
          {text('end.go')}
        </Button>
      </div>
      {open === 'invite' && (
        <Dialog title={text('invite.title')} onClose={close}>
          <Invite {...invitationTo(host.meetingId)} />
        </Dialog>
      )}
      {open === 'end' && (
        <Confirm
          title={text('end.title')}
          words={text('end.words')}
          yes={text('end.go')}
          onNo={close}
          onYes={() => {
            close();
            void host.end();
          }}
        />
      )}
    </>
  );
}

function InTheRoom({ host, session }: Pick<HostSideProps, 'host' | 'session'>) {
  const [removing, setRemoving] = useState<Participant>();
  const name = removing ? nameOf(removing) : '';
  const remove = (one: Participant) =>
    !one.isHost && (
      <Button
        class="button-small"
        aria-label={text('remove.name', { name: nameOf(one) })}
        busy={host.deciding.value.has(one.id)}
        onClick={() => setRemoving(one)}
      >
        {text('remove.go')}
      </Button>
    );
  return (
    <People session={session} self={host.name.value.trim() || text('name.host')} actions={remove}>
      {removing && (
        <Confirm
          title={text('remove.title', { name })}
          words={text('remove.words', { name })}
          yes={text('remove.go')}
          onNo={() => setRemoving(undefined)}
          onYes={() => {
            setRemoving(undefined);
            void host.decide('remove', { guest_id: removing.id });
          }}
        />
      )}
    </People>
  );
}
