/** The chat over data tracks of Twilio Video, which is emulated. */
import { chatContract } from './chat.contract';
import { startWorld } from './pages/world';

chatContract({ name: 'Twilio Video', start: () => startWorld(), patience: 60_000 });
