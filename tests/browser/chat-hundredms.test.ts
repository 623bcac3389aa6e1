/** The chat over broadcast messages of 100ms, which is emulated. */
import { chatContract } from './chat.contract';
import { startWorld } from './pages/world';

chatContract({ name: '100ms', start: () => startWorld({ MEETINGS_PROVIDER: '100ms' }), patience: 60_000 });
