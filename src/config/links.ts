/** What links to our pages begin with. */
import type { Variables } from './settings';

export interface LinkSettings {
  /** Without a slash at the end; undefined: the origin that the caller came by. */
  readonly frontendUrl?: string;
}

export const linkSettings = (variables: Variables): LinkSettings =>
  variables.text('FRONTEND_URL') === ''
    ? {}
    : { frontendUrl: variables.httpUrl('FRONTEND_URL', '').replace(/\/+$/, '') };
