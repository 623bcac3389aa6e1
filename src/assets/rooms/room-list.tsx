/** The rooms there are, how many are in each of them now, and a form for another. */
import { useEffect } from 'preact/hooks';
import type { RoomEntry } from '../../api/rooms';
import { Button } from '../parts/button';
import { Icon } from '../parts/icon';
import { Notice } from '../parts/notice';
import { Toast } from '../parts/toast';
import { momentOf, text } from '../texts/text';
import { announce } from '../view/announce';
import { Headline } from '../view/headline';
import { CreateRoom } from './create-room';
import type { Hall } from './hall';
import { howMany, roomTrouble } from './words';

interface RoomListProps {
  readonly hall: Hall;
}

export function RoomList({ hall }: RoomListProps) {
  return (
    <div class="rooms">
      <div class="rooms-head">
        <Headline>{text('rooms.title')}</Headline>
        <p class="soft">{text('rooms.lead')}</p>
      </div>
      <CreateRoom hall={hall} />
      <Listed hall={hall} />
    </div>
  );
}

function Listed({ hall }: RoomListProps) {
  const { listing } = hall;
  const all = listing.rooms.value;
  const trouble = listing.trouble.value;
  useEffect(() => {
    if (trouble) announce(roomTrouble(trouble), true);
  }, [trouble]);
  return (
    <section class="card stack rooms-listed" aria-labelledby="rooms-heading" aria-busy={!all && !trouble}>
      <div class="rooms-listed-head">
        <h2 id="rooms-heading">{text('rooms.list')}</h2>
        <Freshness hall={hall} />
      </div>
      {trouble && all && (
        <Toast>
          <Trouble hall={hall} kind="warning" words={roomTrouble(trouble)} />
        </Toast>
      )}
      {trouble && !all && <Trouble hall={hall} kind="danger" words={roomTrouble(trouble)} />}
      {all && all.length > 0 && (
        // Another newest room is another list: nothing slides under anybody's finger.
        <ul class="rooms-entries" key={all[0]?.roomId} aria-label={text('rooms.list')}>
          {all.map((room) => (
            <Entry key={room.roomId} hall={hall} room={room} />
          ))}
        </ul>
      )}
      {all?.length === 0 && <p class="soft">{text('rooms.none')}</p>}
      {!all && !trouble && (
        <p class="soft" role="status">
          {text('rooms.looking')}
        </p>
      )}
      {listing.hasMore.value && (
        <Button class="button-wide" busy={listing.isBusy.value} onClick={() => void listing.showMore()}>
          {text('rooms.more')}
        </Button>
      )}
    </section>
  );
}

interface TroubleProps extends RoomListProps {
  readonly kind: 'warning' | 'danger';
  readonly words: string;
}

const Trouble = ({ hall, kind, words }: TroubleProps) => (
  <Notice
    kind={kind}
    actions={
      <Button class="button-small" onClick={hall.listing.look}>
        {text('again')}
      </Button>
    }
  >
    {words}
  </Notice>
);

/** Whether the counts come by themselves; or rooms that others have created, to be shown with one press. */
function Freshness({ hall }: RoomListProps) {
  const { listing, isLive } = hall;
  const count = listing.fresh.value;
  if (count > 0) {
    return (
      <Button class="button-small" onClick={listing.showFresh}>
        {text('rooms.fresh', { count })}
      </Button>
    );
  }
  if (!listing.rooms.value) return null;
  return (
    <p key={String(isLive.value)} class="small soft rooms-freshness" data-live={isLive.value}>
      {text(isLive.value ? 'rooms.live' : 'rooms.polled')}
    </p>
  );
}

function Entry({ hall, room }: RoomListProps & { readonly room: RoomEntry }) {
  const { roomId, name, createdAt } = room;
  const count = hall.countOf(room);
  return (
    <li class="rooms-entry">
      <div class="rooms-entry-words">
        <h3>{name}</h3>
        <p class="small soft">{text('rooms.since', { time: momentOf(new Date(createdAt)) })}</p>
      </div>
      <p class="rooms-count" data-some={count > 0} title={howMany(count)}>
        <Icon name="people" size={20} />
        <span aria-hidden="true">{count}</span>
        <span class="unseen">{howMany(count)}</span>
      </p>
      <div class="rooms-entry-actions">
        <Button
          kind="quiet"
          class="button-small"
          aria-label={text('rooms.historyOf', { name })}
          onClick={() => hall.go({ view: 'history', roomId, name })}
        >
          {text('rooms.history')}
        </Button>
        <Button
          kind="primary"
          class="button-small"
          aria-label={text('rooms.joinName', { name })}
          onClick={() => hall.go({ view: 'room', roomId, name })}
        >
          {text('rooms.join')}
        </Button>
      </div>
    </li>
  );
}
