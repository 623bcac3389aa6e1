/**
 * The real livekit-server that tests run: built once by Go, which takes about three minutes, and kept outside
 * the checkout by its version.
 */
import { builtByGo } from './go';

export { BUILD_MS } from './go';

const VERSION = '1.13.5';
const PACKAGE = `github.com/livekit/livekit-server/cmd/server@v${VERSION}`;

/** @returns its path. @throws Error when it has to be built and cannot be */
export const installedLiveKitServer = (): string =>
  builtByGo(`livekit-server-${VERSION}`, (folder) => ({
    args: ['install', PACKAGE],
    made: 'server',
    env: { GOBIN: folder },
  }));
