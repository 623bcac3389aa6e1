/** /v2/rooms: https://www.100ms.live/docs/server-side/v2/api-reference/Rooms/overview */
import * as z from 'zod';
import type { Resource } from './call';
import { HmsError, invalidBody, invalidQuery, roomNotFound } from './errors';
import { PAGE_SIZE, REGIONS, ROOM_MAX_SIZE, ROOM_NAME, SESSION_SECONDS } from './limits';
import type { Room, RoomSettings } from './room';
import type { HmsState } from './state';
import { viewRoom } from './views';

const ID = /^[0-9a-f]{24}$/;
const { least, most } = SESSION_SECONDS;

const SettingsShape = z.object({
  description: z.string('description').optional(),
  template_id: z.string('template_id').regex(ID, 'template not found').optional(),
  template: z.undefined('template. Use template_id').optional(),
  region: z.enum(REGIONS, 'region not supported').optional(),
  large_room: z.literal(false, 'large_room is not emulated').optional(),
  size: z.int('size').min(0, 'size').max(ROOM_MAX_SIZE, 'room size greater than 2500').optional(),
  max_duration_seconds: z
    .int('max_duration_seconds')
    .min(least, `max_duration_seconds less than ${least} seconds`)
    .max(most, `max_duration_seconds greater than ${most} seconds`)
    .optional(),
});
const CreateShape = SettingsShape.extend({ name: z.string('name').regex(ROOM_NAME, 'name').optional() });
const UpdateShape = SettingsShape.extend({ enabled: z.boolean('enabled').optional() });

/** @throws {HmsError} 400 */
function read<S extends z.ZodType>(shape: S, body: unknown): z.infer<S> {
  const { data, error } = shape.safeParse(body);
  if (error) throw invalidBody(error.issues[0]?.message ?? '');
  return data;
}

/** Only what was said. */
function settingsIn(given: z.infer<typeof SettingsShape>): Partial<RoomSettings> {
  const { description, template_id: templateId, region, size, max_duration_seconds: maxDuration } = given;
  const said = Object.entries({ description, templateId, region, size, maxDuration });
  return Object.fromEntries(said.filter(([, value]) => value !== undefined));
}

/** Of the account. @throws {HmsError} 404 */
export function roomOf(state: HmsState, id = ''): Room {
  const room = state.findRoom(id);
  if (!room || room.isVendors) throw roomNotFound();
  return room;
}

/** A name that there is finds its room, brought up to date with what else is said. */
export const createRoom: Resource = ({ state, account, body }) => {
  const { name, ...given } = read(CreateShape, body);
  return viewRoom(state.ensureRoom(name, settingsIn(given)), account);
};

export const retrieveRoom: Resource = ({ state, account, ids: [id] }) => viewRoom(roomOf(state, id), account);

export const updateRoom: Resource = ({ state, account, body, ids: [id] }) => {
  const room = roomOf(state, id);
  const { enabled, ...given } = read(UpdateShape, body);
  const settings = settingsIn(given);
  return viewRoom(state.update(room, { ...(enabled === undefined ? {} : { enabled }), settings }), account);
};

/** Enabled ones, unless told. */
export const listRooms: Resource = ({ state, account, query }) => {
  const limit = pageSize(query.get('limit'));
  const enabled = query.get('enabled') ?? 'true';
  if (enabled !== 'true' && enabled !== 'false') throw invalidQuery('enabled');
  const name = query.get('name')?.toLowerCase();
  const matching = state.rooms.filter(
    (room) => String(room.enabled) === enabled && (name === undefined || room.name.toLowerCase() === name),
  );
  const page = after(state, matching, query.get('start')).slice(0, limit);
  const last = page.at(-1)?.id;
  const data = page.map((room) => ({
    ...viewRoom(room, account),
    key: `${account.customerId}:${room.name}`,
  }));
  return { limit, data, ...(last === undefined ? {} : { last }) };
};

function pageSize(given: string | null): number {
  if (given === null) return PAGE_SIZE.usual;
  const size = Number(given);
  if (!Number.isInteger(size) || size < PAGE_SIZE.least || size > PAGE_SIZE.most) throw invalidQuery('limit');
  return size;
}

/** Those that follow `start`, which itself may not match any more. @throws {HmsError} 400 */
function after(state: HmsState, rooms: readonly Room[], start: string | null): readonly Room[] {
  if (start === null || start === '') return rooms;
  const order = new Map(state.rooms.map(({ id }, index) => [id, index]));
  const from = order.get(start);
  if (from === undefined) throw new HmsError(400, 'Invalid query param', ['start']);
  return rooms.filter(({ id }) => (order.get(id) ?? 0) > from);
}
