/** A call: two who are online, a ring that is heard on a socket, an answer, and the end. */
import { type Example, from, get, ownId, post } from '../example';

const ann = { id: ownId('ann'), name: 'Ann' };
const ben = { id: ownId('ben'), name: 'Ben' };
const call = from('call', 'id');

export const calls: Example = {
  id: 'calls',
  section: 'Calls',
  rows: [
    { id: 'ann', label: 'dev.row.annHears' },
    { id: 'ben', label: 'dev.row.benHears' },
  ],
  steps: [
    { does: 'connect', says: 'dev.do.annOnline', as: 'ann', user: ann, row: 'ann' },
    { does: 'connect', says: 'dev.do.benOnline', as: 'ben', user: ben, row: 'ben' },
    get('/users', { limit: 5 }, { says: 'dev.do.users', caller: 'user' }),
    post(
      '/calls/start',
      { callerId: ann.id, receiverId: ben.id },
      { says: 'dev.do.ring', as: 'call', caller: 'user', brings: [{ row: 'ben', value: 'INCOMING_CALL' }] },
    ),
    post(
      '/calls/answer',
      { callId: call, answer: 'ACCEPT', userId: ben.id },
      { says: 'dev.do.answer', caller: 'user', brings: [{ row: 'ann', value: 'ACCEPT_CALL' }] },
    ),
    post('/token', { room: call, id: ann.id }, { says: 'dev.do.callToken', caller: 'user' }),
  ],
  cleanup: [
    post(
      '/calls/end',
      { callId: call, userId: ann.id },
      { says: 'dev.do.hangUp', caller: 'user', brings: [{ row: 'ben', value: 'END_CALL' }] },
    ),
  ],
};
