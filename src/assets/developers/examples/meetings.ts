/** A waiting-room meeting: a guest waits, the host comes, and the guest's page is told at once. */
import { awaited, type Example, from, post } from '../example';

const number = { meeting_id: from('meeting', 'meeting_id') };

export const meetings: Example = {
  id: 'meetings',
  section: 'Waiting rooms',
  rows: [{ id: 'ann', label: 'dev.row.annSees' }],
  steps: [
    post(
      '/admin/create',
      { admission: 'auto', ttl_hours: 1 },
      { says: 'dev.do.create', as: 'meeting', caller: 'operator' },
    ),
    post(
      '/user/enter-waiting-room',
      { ...number, name: 'Ann' },
      { says: 'dev.do.enter', as: 'guest', caller: 'guest' },
    ),
    {
      does: 'watch',
      says: 'dev.do.watch',
      pass: 'guest',
      as: 'letIn',
      row: 'ann',
      brings: [{ row: 'ann', value: 'waiting' }],
    },
    post(
      '/admin/join',
      { ...number, name: 'Noor' },
      {
        says: 'dev.do.hostJoins',
        as: 'host',
        caller: 'operator',
        brings: [{ row: 'ann', value: 'admitted' }],
      },
    ),
    post(
      '/user/join',
      {
        ...number,
        room_id: awaited('letIn', 'room_id', from('host', 'room_id')),
        identity: from('guest', 'identity'),
      },
      { says: 'dev.do.guestJoins', caller: 'guest' },
    ),
  ],
  cleanup: [
    post('/admin/end', number, {
      says: 'dev.do.end',
      caller: 'operator',
      brings: [{ row: 'ann', value: 'ended' }],
    }),
  ],
};
