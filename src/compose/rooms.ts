/** Rooms that last, on the chosen vendor's, recorded in MongoDB or in Sync. */
import type * as MongoDb from '../adapters/mongodb/room-records';
import { SyncGateways } from '../adapters/twilio/sync/gateways';
import { SyncRoomRecords } from '../adapters/twilio/sync/room-records';
import { SyncRoomWatchers } from '../adapters/twilio/sync/room-watchers';
import { type RoomSettings, roomSettings, roomsProvider } from '../config/rooms';
import { readSettings, type Variables } from '../config/settings';
import type { MediaServer } from '../ports/media-server';
import type { RoomRecords } from '../ports/room-records';
import type { RoomServices } from '../ports/services';
import { Upstream } from '../upstream/upstream';
import { composeMedia, mediaSettings } from './media';
import type { Compose, RequestScope } from './request-scope';
import { composeSync } from './sync';

const settings = (variables: Variables) => {
  const rooms = roomSettings(variables);
  return { ...rooms, ...mediaSettings(variables, rooms.provider) };
};

/** ms: who is in a room is known well enough without the provider to wait no longer for it. */
const LISTER_MS = 2_500;

export const rooms: Compose<RoomServices> = (scope) => {
  const chosen = readSettings(scope.environment, settings);
  const { sync } = composeSync(scope, chosen.twilio);
  const parts = {
    records: (): RoomRecords => composeRecords(scope, chosen) ?? new SyncRoomRecords(sync),
    media: () => composeMedia(scope, chosen),
    lister: () =>
      composeMedia({ ...scope, upstream: new Upstream(scope.clock, LISTER_MS, scope.upstream) }, chosen),
  };
  const made: { records?: RoomRecords; media?: MediaServer; lister?: MediaServer } = {};
  return {
    get records() {
      return (made.records ??= parts.records());
    },
    get media() {
      return (made.media ??= parts.media());
    },
    get lister() {
      return (made.lister ??= parts.lister());
    },
    gateways: new SyncGateways(sync),
    watchers: new SyncRoomWatchers(sync),
    clock: scope.clock,
    graceMs: chosen.graceMs,
    maxParticipants: chosen.maxParticipants,
  };
};

/**
 * What webhooks of a vendor need: what puts out who should not be there, and what records who is in a room that
 * lasts, where those are that vendor's.
 */
export const withRoomsOf =
  <G>(
    provider: RoomSettings['provider'],
    guard: Compose<G>,
  ): Compose<{ readonly guard: G; readonly rooms: RoomServices | undefined }> =>
  (scope) => ({
    guard: guard(scope),
    rooms: readSettings(scope.environment, roomsProvider) === provider ? rooms(scope) : undefined,
  });

/** `require`, so that the code of what is not chosen is not evaluated. */
function composeRecords(
  { clock, upstream }: RequestScope,
  { mongoUri }: Pick<RoomSettings, 'mongoUri'>,
): RoomRecords | undefined {
  if (mongoUri === undefined) return undefined;
  const { MongoRoomRecords } = require('../adapters/mongodb/room-records') as typeof MongoDb;
  return new MongoRoomRecords(mongoUri, clock, upstream);
}
