/** The rooms page: the list, a room, or its history. */
import { TokenDialog } from '../calls/token-dialog';
import type { OwnMedia } from '../devices/own-media';
import { OperatorKeyDialog } from '../host/operator-key-dialog';
import { text } from '../texts/text';
import { Frame } from '../view/frame';
import { ownTitle, useTitle } from '../view/title';
import type { Hall } from './hall';
import { History } from './history';
import { RoomList } from './room-list';
import { StayView } from './stay-view';

interface RoomsAppProps {
  readonly hall: Hall;
  readonly media: OwnMedia;
}

export function RoomsApp({ hall, media }: RoomsAppProps) {
  const place = hall.place.value;
  const name = place.view === 'list' ? undefined : place.name;
  useTitle(name === undefined ? undefined : text('title.of', { name, title: ownTitle() }));
  return (
    <>
      {place.view === 'room' ? (
        <StayView key={place.roomId} hall={hall} media={media} roomId={place.roomId} roomName={place.name} />
      ) : (
        <Frame>
          {place.view === 'history' ? (
            <History key={place.roomId} hall={hall} roomId={place.roomId} roomName={place.name} />
          ) : (
            <RoomList hall={hall} />
          )}
        </Frame>
      )}
      <OperatorKeyDialog />
      <TokenDialog />
    </>
  );
}
