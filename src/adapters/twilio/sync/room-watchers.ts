/** Tells those who watch rooms: by the mailboxes of every gateway that lives. */
import { inParallel } from '../../../domain/in-parallel';
import type { Clock } from '../../../ports/clock';
import type { RoomUpdate, RoomWatchers } from '../../../ports/room-watchers';
import { GatewayLeases, type GatewayRecord } from './gateway-leases';
import { Mailboxes } from './mailboxes';
import type { SyncService } from './sync-service';

/** ms for which it is not asked again who they are. */
const FRESH_MS = 1_000;

interface Known {
  readonly at: number;
  readonly gateways: Promise<readonly GatewayRecord[]>;
}

/** What this instance has read lately. Times of different clocks do not compare. */
const lately = new WeakMap<Clock, Map<string, Known>>();

export class SyncRoomWatchers implements RoomWatchers {
  private readonly leases: GatewayLeases;
  private readonly mailboxes: Mailboxes;

  constructor(private readonly sync: SyncService) {
    this.leases = new GatewayLeases(sync);
    this.mailboxes = new Mailboxes(sync);
  }

  async tell(updates: readonly RoomUpdate[]): Promise<void> {
    const read = await this.gateways();
    // One that has come since then, and whom this instance has served.
    const all = [...read, ...this.leases.knownToLive()].map((record) => [record.gateway, record] as const);
    await inParallel([...new Map(all).values()], (gateway) => this.post(gateway, updates));
  }

  /** One after the other, so that they keep their order. */
  private async post(gateway: GatewayRecord, updates: readonly RoomUpdate[]): Promise<void> {
    for (const update of updates) {
      const item = { to: { room: update.roomId }, message: { event: 'update', data: update } };
      await this.mailboxes.post(gateway, update.roomId, item);
    }
  }

  private async gateways(): Promise<readonly GatewayRecord[]> {
    const { clock, settings } = this.sync;
    const byService = lately.get(clock) ?? new Map<string, Known>();
    lately.set(clock, byService);
    const known = byService.get(settings.serviceSid);
    if (known && clock.now() < known.at + FRESH_MS) return known.gateways;
    const read: Known = { at: clock.now(), gateways: this.leases.live() };
    byService.set(settings.serviceSid, read);
    read.gateways.catch(() => byService.delete(settings.serviceSid));
    return read.gateways;
  }
}
