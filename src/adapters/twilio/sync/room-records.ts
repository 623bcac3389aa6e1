/**
 * Rooms in Sync. A room is a document, found by its id, and an item of the list of all. Who is there, and who was,
 * stands in maps of the room's own.
 */
import type { DocumentInstance } from 'twilio/lib/rest/sync/v1/service/document';
import { type Attendance, isPresent } from '../../../domain/attendance';
import { inParallel, together } from '../../../domain/in-parallel';
import type { Room } from '../../../domain/room';
import type { Page, RoomAsRecorded, RoomRecords, Stay } from '../../../ports/room-records';
import { busy } from '../../../upstream/upstream';
import { foundOrUndefined } from '../client';
import { RoomAttendance, type RoomNow } from './room-attendance';
import { RoomHistory } from './room-history';
import { RoomList } from './room-list';
import { isOurs, type SyncService } from './sync-service';

/** Sync keeps nothing for longer; a room that nobody uses for so long is forgotten. */
const KEEP_MS = 365 * 24 * 3_600_000;
const DAY_MS = 24 * 3_600_000;

interface StoredRoom extends Room {
  readonly sid: string;
  /** ms since epoch. */
  readonly expiresAt: number;
}

export class SyncRoomRecords implements RoomRecords {
  private readonly listed: RoomList;
  private readonly attendances: RoomAttendance;
  private readonly visits: RoomHistory;

  constructor(private readonly sync: SyncService) {
    this.listed = new RoomList(sync);
    this.attendances = new RoomAttendance(sync);
    this.visits = new RoomHistory(sync);
  }

  /** Nobody is answered before the room is in the list: who was cut short in between has it listed by trying again. */
  async add({ id, name, createdAt }: Room): Promise<Room> {
    const draft: Room = { id, name, createdAt };
    const expiresAt = this.sync.clock.now() + KEEP_MS;
    const document = await this.sync.createDocument(this.nameOf(id), draft, expiresAt);
    const stored = document ? roomFrom(document) : await this.find(id);
    // It was there, and its time came in this moment.
    if (!stored) throw busy();
    await this.listed.add(stored, stored.expiresAt);
    return stored;
  }

  async find(roomId: string): Promise<StoredRoom | undefined> {
    const document = await foundOrUndefined(this.sync.patient.documents(this.nameOf(roomId)).fetch());
    return document && isOurs(document) ? roomFrom(document) : undefined;
  }

  async keep(room: Room): Promise<void> {
    const { sid, expiresAt } = room as StoredRoom;
    const now = this.sync.clock.now();
    if (expiresAt - now > KEEP_MS - DAY_MS) return;
    const ttl = this.sync.secondsUntil(now + KEEP_MS);
    await together([
      foundOrUndefined(this.sync.patient.documents(sid).update({ ttl })),
      this.listed.keep(room, now + KEEP_MS),
    ]);
  }

  async look(roomId: string): Promise<RoomAsRecorded | undefined> {
    const [room, now] = await Promise.all([this.find(roomId), this.attendances.all(roomId)]);
    return room && asRecorded(room, now);
  }

  async list(page: Page): Promise<{ rooms: RoomAsRecorded[]; cursor?: string }> {
    const { rooms, ...more } = await this.listed.page(page);
    return {
      rooms: await inParallel(rooms, async (room) => asRecorded(room, await this.attendances.all(room.id))),
      ...more,
    };
  }

  async noteAsked(roomId: string, at: number): Promise<void> {
    await this.attendances.noteAsked(roomId, at);
  }

  async attendance(roomId: string, userId: string): Promise<Attendance | undefined> {
    return this.attendances.find(roomId, userId);
  }

  async save(before: Attendance | undefined, after: Attendance): Promise<boolean> {
    return this.attendances.write(before, after);
  }

  async noteInHistory(before: Attendance | undefined, after: Attendance): Promise<void> {
    const isNew = before?.stay !== after.stay;
    const isNews = isNew || before.joinedAt !== after.joinedAt || before.leftAt !== after.leftAt;
    const visits = [
      // Whoever ended the visit before may not have come to say so.
      ...(isNew && before ? [{ visit: before, isNew: false }] : []),
      ...(isNews ? [{ visit: after, isNew }] : []),
    ].filter(({ visit }) => visit.joinedAt !== null);
    await inParallel(visits, ({ visit, isNew }) => this.visits.note(visit, isNew));
  }

  async history(roomId: string, page: Page): Promise<{ stays: Stay[]; cursor?: string }> {
    const { attendances } = await this.attendances.all(roomId);
    return this.visits.page(roomId, page, attendances);
  }

  private nameOf(roomId: string): string {
    return this.sync.name('room', roomId);
  }
}

const roomFrom = ({ data, sid, dateExpires }: DocumentInstance): StoredRoom => ({
  ...(data as Room),
  sid,
  expiresAt: dateExpires.getTime(),
});

const asRecorded = (room: Room, { askedAt, attendances }: RoomNow): RoomAsRecorded => ({
  room,
  askedAt,
  present: attendances.filter(isPresent),
});
