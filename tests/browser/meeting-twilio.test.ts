/** Meetings on Twilio Video, which is emulated. */
import { meetingContract } from './meeting.contract';
import { startWorld } from './pages/world';

meetingContract({ name: 'Twilio Video', start: () => startWorld(), patience: 60_000 });
