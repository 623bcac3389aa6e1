/** A meeting that stays until it is deleted: one link, and a room whenever somebody comes. */
import { type Asking, type Example, from, get, post } from '../example';

const id = { meeting_id: from('meeting', 'meeting_id') };

const exists: Pick<Asking, 'shows' | 'caller'> = {
  caller: 'guest',
  shows: (answer) => [{ row: 'exists', value: String(answer['exists']) }],
};

export const persistent: Example = {
  id: 'persistent',
  section: 'LiveKit',
  rows: [{ id: 'exists', label: 'dev.row.exists' }],
  steps: [
    post(
      '/api/v1/meetings/create',
      { max_participants: 10 },
      { says: 'dev.do.persistent', as: 'meeting', caller: 'operator' },
    ),
    get('/api/v1/meetings/exists', id, { says: 'dev.do.exists', ...exists }),
    post(
      '/api/v1/meetings/join',
      { ...id, user_name: 'Ann' },
      { says: 'dev.do.joinPersistent', caller: 'guest' },
    ),
    get('/api/v1/meetings/participants', id, { says: 'dev.do.participants', caller: 'guest' }),
  ],
  cleanup: [
    post('/api/v1/meetings/delete', id, { says: 'dev.do.delete', caller: 'operator' }),
    get('/api/v1/meetings/exists', id, { says: 'dev.do.existsNoMore', ...exists }),
  ],
};
