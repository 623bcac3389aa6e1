/** Rooms over the memory adapters, with gateways that live and die as a test says, and what watchers were told. */
import { MemoryMediaServer } from '../../src/adapters/memory/media-server';
import { MemoryRoomRecords } from '../../src/adapters/memory/room-records';
import { FoyerError } from '../../src/domain/errors';
import type { RoomRecords } from '../../src/ports/room-records';
import type { RoomUpdate } from '../../src/ports/room-watchers';
import type { RoomServices } from '../../src/ports/services';
import { ManualTime } from './manual-time';

export interface RoomWorld {
  readonly clock: ManualTime;
  readonly media: MemoryMediaServer;
  readonly told: RoomUpdate[];
  readonly services: RoomServices;
  /** Until when each gateway lives. */
  readonly leases: Map<string, number>;
  /** While false, the provider cannot say who is in a room. */
  isListed: boolean;
}

export function roomWorld(records?: (clock: ManualTime) => RoomRecords): RoomWorld {
  const clock = new ManualTime();
  const media = new MemoryMediaServer(clock);
  const leases = new Map<string, number>();
  const told: RoomUpdate[] = [];
  const world: RoomWorld = {
    clock,
    media,
    told,
    leases,
    isListed: true,
    services: {
      records: records?.(clock) ?? new MemoryRoomRecords(clock),
      media,
      lister: {
        connections: (roomId) =>
          world.isListed
            ? media.connections(roomId)
            : Promise.reject(new FoyerError('try-again', 'the provider is away.')),
      },
      gateways: { ends: () => Promise.resolve(leases) },
      watchers: {
        tell: (updates) => {
          told.push(...updates);
          return Promise.resolve();
        },
      },
      clock,
      graceMs: 10_000,
      maxParticipants: 50,
    },
  };
  return world;
}
