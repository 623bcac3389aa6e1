/** Where the server says that its LiveKit is. */
import type { JoinPass } from '../media';

export const addressOf = (pass: JoinPass & { readonly livekit_url?: string }): string =>
  pass.livekit_url ?? '';
