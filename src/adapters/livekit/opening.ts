/**
 * Which of a name's rooms: the first is called by the name itself, the later ones `name.2`, `name.3`, ….
 *
 * LiveKit knows a room, and a token names its room, by name alone; and whoever joins a room that is not there
 * makes it. Were all rooms of a meeting called the same, a token from a room that was closed would open the
 * next one. So each room has its own name, which follows from that of the room before: two hosts who find the
 * same room closed open the same one, without asking anybody, and one who fails in between leaves a room that
 * the next host finds. An old token leads into its own old room at most, whose place is taken when it is closed
 * (`media-server.ts`): to one person alone, whom the guard of rooms (`app/guard-room.ts`) puts out where LiveKit's
 * webhooks tell of them.
 */
export function nextRoom(name: string, roomId: string): string {
  const opening = roomId.startsWith(`${name}.`) ? Number(roomId.slice(name.length + 1)) : 1;
  return `${name}.${Number.isSafeInteger(opening) && opening > 0 ? opening + 1 : 2}`;
}
