/** What the template of every room here lets its roles do, in the words of the vendor's templates. */

/** kbit/s, pixels and frames a second: what clients make their tracks like. */
const PUBLISHED = {
  audio: { bitRate: 32, codec: 'opus' },
  video: { bitRate: 700, codec: 'vp8', frameRate: 30, width: 960, height: 540 },
  screen: { bitRate: 1_000, codec: 'vp8', frameRate: 15, width: 1280, height: 720 },
  allowed: ['audio', 'video', 'screen'],
} as const;

export interface Permissions {
  readonly endRoom: boolean;
  readonly removeOthers: boolean;
}

/** The first role is the one of who runs a room. */
export const permissionsOf = (role: string, roles: readonly string[]): Permissions => ({
  endRoom: role === roles[0],
  removeOthers: role === roles[0],
});

/** What a client is told as soon as it is connected. @param name its role */
export const policyFor = (name: string, roles: readonly string[], templateId: string) => ({
  name,
  known_roles: Object.fromEntries([...new Set([...roles, name])].map((role) => [role, roleOf(role, roles)])),
  plugins: {},
  template_id: templateId,
  app_data: {},
});

const roleOf = (name: string, roles: readonly string[]) => ({
  name,
  priority: roles.indexOf(name) + 1,
  publishParams: PUBLISHED,
  subscribeParams: { subscribeToRoles: roles, maxSubsBitRate: 3_200 },
  permissions: {
    ...permissionsOf(name, roles),
    mute: false,
    unmute: false,
    changeRole: false,
    hlsStreaming: false,
    rtmpStreaming: false,
    browserRecording: false,
    pollRead: false,
    pollWrite: false,
  },
});
