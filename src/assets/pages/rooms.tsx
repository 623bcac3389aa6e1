/** `/rooms.html`: rooms that last, with how many are in each of them now; `#room=…` is a room, `#history=…` its history. */
import { useState } from 'preact/hooks';
import { takeTokenFromAddress } from '../api/user-token';
import '../room/every-call-page';
import { createHall, type Hall } from '../rooms/hall';
import { RoomsApp } from '../rooms/rooms-app';
import { mount } from '../view/mount';

mount(function RoomsPage() {
  const [hall] = useState(start);
  return <RoomsApp hall={hall} />;
});

function start(): Hall {
  takeTokenFromAddress();
  return createHall();
}
