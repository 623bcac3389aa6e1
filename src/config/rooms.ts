/** Rooms that last: whose they are, where they are recorded, and how long a lost socket still counts. */
import type { Variables } from './settings';

export interface RoomSettings {
  readonly provider: '100ms' | 'livekit' | 'twilio';
  /** Where they are recorded; undefined: in Sync. */
  readonly mongoUri?: string;
  readonly graceMs: number;
  readonly maxParticipants: number;
}

export const roomsProvider = (variables: Variables): RoomSettings['provider'] =>
  variables.oneOf('ROOMS_PROVIDER', ['100ms', 'livekit', 'twilio'], '100ms');

export function roomSettings(variables: Variables): RoomSettings {
  const mongoUri = variables.text('MONGO_URI');
  if (mongoUri !== '' && !/^mongodb(\+srv)?:\/\/./.test(mongoUri))
    variables.faults.push('MONGO_URI must be the address of a MongoDB (mongodb://… or mongodb+srv://…)');
  return {
    provider: roomsProvider(variables),
    ...(mongoUri === '' ? {} : { mongoUri }),
    graceMs: 1000 * variables.wholeNumber('LEAVE_GRACE_SECONDS', [0, 300], 10),
    maxParticipants: variables.wholeNumber('ROOM_MAX_PARTICIPANTS', [2, 1000], 50),
  };
}
