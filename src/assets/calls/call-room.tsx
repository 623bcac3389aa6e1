/** In the call. */
import { computed } from '@preact/signals';
import { useMemo, useRef } from 'preact/hooks';
import type { UserEntry } from '../../api/calls';
import type { OwnMedia } from '../devices/own-media';
import { Notice } from '../parts/notice';
import type { RoomSession } from '../room/session';
import { StageLater } from '../room/stage-later';
import { text } from '../texts/text';
import type { Phone } from './phone';

interface CallRoomProps {
  readonly phone: Phone;
  readonly media: OwnMedia;
  readonly session: RoomSession;
  readonly other: UserEntry;
}

export function CallRoom({ phone, media, session, other }: CallRoomProps) {
  const named = useMemo(() => withName(session, other), [session, other.name]);
  const wasThere = useRef(false);
  const isThere = named.participants.value.length > 0;
  wasThere.current ||= isThere;
  return (
    <StageLater
      session={named}
      media={media}
      title={text('call.title', { name: other.name })}
      onLeave={phone.leave}
      leave={{ label: text('call.hangUp'), name: text('call.hangUp') }}
      alone={text('call.waitingFor', { name: other.name })}
      notices={
        wasThere.current && !isThere ? (
          <Notice kind="warning">{text('call.away', { name: other.name })}</Notice>
        ) : undefined
      }
    />
  );
}

/** There is nobody in the room but the other side, whatever the provider calls them. */
const withName = (session: RoomSession, { name }: UserEntry): RoomSession => {
  const { participants, chat } = session;
  const named = <Somebody extends object>(one: Somebody) => ({ ...one, name, isHost: false });
  return {
    ...session,
    participants: computed(() => participants.value.map(named)),
    chat: {
      ...chat,
      messages: computed(() => chat.messages.value.map((one) => (one.own ? one : named(one)))),
    },
  };
};
