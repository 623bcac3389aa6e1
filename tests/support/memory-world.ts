/** The use cases over the memory adapters. */
import { MemoryAllowanceStore } from '../../src/adapters/memory/allowance-store';
import { MemoryLobby } from '../../src/adapters/memory/lobby';
import { MemoryMeetingRegistry } from '../../src/adapters/memory/meeting-registry';
import { MemoryMediaServer } from '../../src/adapters/memory/media-server';
import { MemoryMeetingStore } from '../../src/adapters/memory/meeting-store';
import { MemoryWaitingRoom } from '../../src/adapters/memory/waiting-room';
import { Secrets } from '../../src/domain/secrets';
import { ManualTime } from './manual-time';
import type { World } from './world';

export function memoryWorld(clock = new ManualTime()): Promise<World> {
  const lobby = new MemoryLobby();
  const media = new MemoryMediaServer(clock);
  const services = {
    meetings: new MemoryMeetingStore(clock, lobby),
    waitingRoom: new MemoryWaitingRoom(clock, lobby),
    registry: new MemoryMeetingRegistry(clock),
    media,
    livekit: () => ({ media, url: 'ws://in-process' }),
    allowances: new MemoryAllowanceStore(clock),
    secrets: new Secrets('a secret for tests, longer than needed'),
    clock,
    defaults: { meetingIdDigits: 6 },
    frontendUrl: 'http://in-process',
  };
  return Promise.resolve({
    services: () => services,
    view: ({ object }) => Promise.resolve(lobby.view(object)),
    board: (object) => Promise.resolve(lobby.board(object) ?? { freed: [] }),
    connect: async ({ roomId, token }) => {
      await Promise.resolve();
      media.connect(roomId, token);
    },
    hasLiveRoom: (name) => Promise.resolve(media.hasLiveRoom(name)),
    advance: (ms) => clock.advance(ms),
    close: () => Promise.resolve(),
  });
}
