/** The rooms page: the list, a room, or its history. */
import { TokenDialog } from '../calls/token-dialog';
import { OperatorKeyDialog } from '../host/operator-key-dialog';
import { text } from '../texts/text';
import { Frame } from '../view/frame';
import { ownTitle, useTitle } from '../view/title';
import type { Hall } from './hall';
import { History } from './history';
import { RoomList } from './room-list';
import { StayLater } from './stay-later';

interface RoomsAppProps {
  readonly hall: Hall;
}

export function RoomsApp({ hall }: RoomsAppProps) {
  const place = hall.place.value;
  const name = place.view === 'list' ? undefined : place.name;
  useTitle(name === undefined ? undefined : text('title.of', { name, title: ownTitle() }));
  return (
    <>
      {place.view === 'room' ? (
        <StayLater key={place.roomId} hall={hall} roomId={place.roomId} roomName={place.name} />
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
