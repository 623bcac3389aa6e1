/** An account of the Sync emulator, with our own services on it, for the parts that need guests. */
import { emulatedAccount } from '../scripts/start/emulated-account';
import { createSyncService } from '../scripts/start/sync-service';
import { createMeeting } from '../src/app/create-meeting';
import { enterWaitingRoom } from '../src/app/enter-waiting-room';
import { requestScope } from '../src/compose/request-scope';
import { waitingRoom } from '../src/compose/waiting-room';
import type { Meeting } from '../src/domain/meeting';
import type { WaitingRoomServices } from '../src/ports/services';
import type { Pass } from '../src/ports/waiting-room';
import type { Child } from './child';
import type { SyncEmulatorCalls } from './processes/sync-emulator';

export interface WaitingGuests {
  readonly meeting: Meeting;
  /** Shared by all guests of an `auto` meeting. */
  readonly pass: Pass;
  readonly socketUrl: string;
}

export class EmulatedSync {
  private constructor(
    private readonly make: () => WaitingRoomServices,
    private readonly socketUrl: string,
  ) {}

  static async start(emulator: Child<SyncEmulatorCalls>): Promise<EmulatedSync> {
    const account = emulatedAccount();
    const origin = await emulator.call('start', { credentials: account.credentials });
    const environment = {
      ...account.variables,
      SYNC_SERVICE_SID: await createSyncService(origin, account, undefined),
      SYNC_API_URL: origin,
      VIDEO_API_URL: origin,
    };
    const sockets = origin.replace('http', 'ws');
    return new EmulatedSync(() => waitingRoom(requestScope(environment, sockets)), `${sockets}/v3/wsconnect`);
  }

  /** As for one request: each has only so much time. */
  services(): WaitingRoomServices {
    return this.make();
  }

  /** A meeting that admits everybody, and what its guests watch. */
  async meeting(): Promise<WaitingGuests> {
    const services = this.services();
    const meeting = await createMeeting(services, { admission: 'auto' });
    const { pass } = await enterWaitingRoom(services, { client: '' }, { meetingId: meeting.id });
    return { meeting, pass, socketUrl: this.socketUrl };
  }
}
