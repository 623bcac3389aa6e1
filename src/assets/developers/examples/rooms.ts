/** A room that lasts: whoever watches it sees somebody come and go. */
import { type Example, from, ownId, post } from '../example';

const roomId = from('room', 'id');
const ann = ownId('ann');

export const rooms: Example = {
  id: 'rooms',
  section: 'Rooms',
  rows: [{ id: 'count', label: 'dev.row.count' }],
  steps: [
    // The same name is the same room: however often it is tried, one room stays, in which others may be, too.
    post('/rooms', { roomName: 'Try-Foyer' }, { says: 'dev.do.room', as: 'room', caller: 'operator' }),
    { does: 'connect', says: 'dev.do.roomSocket', as: 'watcher', row: 'count' },
    {
      does: 'say',
      says: 'dev.do.watchRoom',
      socket: 'watcher',
      event: 'watch',
      data: { roomId },
      tells: 'watcher',
      brings: [{ row: 'count' }],
    },
    post(
      '/rooms/token',
      { roomId, role: 'guest', userId: ann },
      { says: 'dev.do.roomToken', caller: 'user' },
    ),
    { does: 'connect', says: 'dev.do.annSocket', as: 'ann' },
    {
      does: 'say',
      says: 'dev.do.joinRoom',
      socket: 'ann',
      event: 'join',
      data: { roomId, userId: ann },
      tells: 'watcher',
      brings: [{ row: 'count' }],
    },
    post('/rooms/history', { roomId, limit: 1 }, { says: 'dev.do.history', caller: 'operator' }),
  ],
  cleanup: [
    {
      does: 'say',
      says: 'dev.do.leaveRoom',
      socket: 'ann',
      event: 'leave',
      data: { roomId, userId: ann },
      tells: 'watcher',
      brings: [{ row: 'count' }],
    },
  ],
};
