/** Who was in a room, and when: newest first, page by page. */
import { useEffect, useState } from 'preact/hooks';
import type { RoomHistoryResponse } from '../../api/rooms';
import { type Reason, reasonOf } from '../api/refusal';
import { roomHistory } from '../api/room-calls';
import { Button } from '../parts/button';
import { PeopleList, Person } from '../parts/list';
import { Notice } from '../parts/notice';
import { durationOf, momentOf, text } from '../texts/text';
import { announce } from '../view/announce';
import { Headline } from '../view/headline';
import type { Hall } from './hall';
import { nameIn } from './user-id';
import { roomTrouble } from './words';

const PAGE = 50;

type PastStay = RoomHistoryResponse['participants'][number];

interface HistoryProps {
  readonly hall: Hall;
  readonly roomId: string;
  readonly roomName: string;
}

interface Shown {
  readonly stays?: readonly PastStay[];
  readonly cursor?: string | undefined;
  readonly isBusy: boolean;
  readonly trouble?: Reason;
}

export function History({ hall, roomId, roomName }: HistoryProps) {
  const { stays, cursor, isBusy, trouble, look } = useHistory(roomId);
  return (
    <div class="single stack">
      <div>
        <Button kind="quiet" class="button-small" onClick={() => hall.go({ view: 'list' })}>
          {text('stay.toList')}
        </Button>
      </div>
      <div class="stack card">
        <Headline>{roomName || text('stay.room')}</Headline>
        <div class="rooms-listed-head">
          <h2>{text('history.title')}</h2>
          <Button kind="quiet" class="button-small" onClick={() => isBusy || look()}>
            {text('history.refresh')}
          </Button>
        </div>
        {trouble && <Notice kind="danger">{roomTrouble(trouble)}</Notice>}
        {stays && stays.length > 0 && (
          <PeopleList label={text('history.title')}>
            {stays.map((stay) => (
              <Person
                key={`${stay.userId} ${stay.joinedAt}`}
                name={nameIn(stay.userId)}
                note={whenOf(stay)}
              />
            ))}
          </PeopleList>
        )}
        {stays?.length === 0 && <p class="soft">{text('history.nobody')}</p>}
        {!stays && !trouble && (
          <p class="soft" role="status">
            {text('history.looking')}
          </p>
        )}
        {cursor !== undefined && (
          <Button class="button-wide" busy={isBusy} onClick={() => look(cursor)}>
            {text('rooms.more')}
          </Button>
        )}
      </div>
    </div>
  );
}

/** @returns what is shown, and how to look again, or for what comes after it */
function useHistory(roomId: string): Shown & { readonly look: (after?: string) => void } {
  const [shown, setShown] = useState<Shown>({ isBusy: true });
  const look = async (after?: string): Promise<void> => {
    setShown((before) => ({ ...before, isBusy: true }));
    try {
      const { participants, next_cursor } = await roomHistory(roomId, { limit: PAGE, cursor: after });
      setShown((before) => ({
        stays: after === undefined ? participants : [...(before.stays ?? []), ...participants],
        cursor: next_cursor,
        isBusy: false,
      }));
    } catch (error) {
      const trouble = reasonOf(error);
      setShown((before) => ({ ...before, isBusy: false, trouble }));
      announce(roomTrouble(trouble), true);
    }
  };
  useEffect(() => void look(), []);
  return { ...shown, look: (after) => void look(after) };
}

function whenOf({ joinedAt, leftAt, seconds }: PastStay): string {
  const joined = momentOf(new Date(joinedAt));
  const values = { joined, duration: durationOf(seconds) };
  return leftAt === null
    ? text('history.present', values)
    : text('history.past', { ...values, left: momentOf(new Date(leftAt)) });
}
