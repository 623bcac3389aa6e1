/** LiveKit rooms by their names: nothing but LiveKit. */
import { livekitSettings } from '../config/livekit';
import { readSettings } from '../config/settings';
import type { LiveKitRoomServices } from '../ports/services';
import { composeLiveKit } from './livekit';
import type { Compose } from './request-scope';

export const livekitRooms: Compose<LiveKitRoomServices> = (scope) => ({
  livekit: composeLiveKit(scope, readSettings(scope.environment, livekitSettings)),
});
