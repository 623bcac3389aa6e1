/** `/rooms.html`: rooms that last, with how many are in each of them now; `#room=…` is a room, `#history=…` its history. */
import { useState } from 'preact/hooks';
import { takeTokenFromAddress } from '../api/user-token';
import { createOwnMedia } from '../devices/own-media';
import { createHall } from '../rooms/hall';
import { RoomsApp } from '../rooms/rooms-app';
import { mount } from '../view/mount';

mount(function RoomsPage() {
  const [{ hall, media }] = useState(start);
  return <RoomsApp hall={hall} media={media} />;
});

function start() {
  takeTokenFromAddress();
  return { hall: createHall(), media: createOwnMedia() };
}
