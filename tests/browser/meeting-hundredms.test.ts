/** Meetings on 100ms, which is emulated, media server included. */
import { meetingContract } from './meeting.contract';
import { startWorld } from './pages/world';

meetingContract({
  name: '100ms',
  start: () => startWorld({ MEETINGS_PROVIDER: '100ms' }),
  patience: 60_000,
});
