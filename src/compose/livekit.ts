/** LiveKit's server, whatever else a route is about. */
import { LiveKit } from '../adapters/livekit/media-server';
import type { LiveKitSettings } from '../config/livekit';
import type { LiveKitService } from '../ports/services';
import { type RequestScope, socketOriginOf } from './request-scope';

export function composeLiveKit(scope: RequestScope, settings: LiveKitSettings): LiveKitService {
  const url = settings.socketUrl ?? socketOriginOf(scope);
  return { media: new LiveKit({ ...settings, socketUrl: url }, scope.upstream, scope.clock), url };
}
