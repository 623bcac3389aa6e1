/** The chat over data packets of a real livekit-server. */
import { BUILD_MS } from '../real/installed-livekit-server';
import { chatContract } from './chat.contract';
import { startInstalledWorld } from './pages/installed-world';

chatContract({
  name: 'LiveKit',
  start: () => startInstalledWorld({ MEETINGS_PROVIDER: 'livekit' }),
  patience: BUILD_MS,
});
