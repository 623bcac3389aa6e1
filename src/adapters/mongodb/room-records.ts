/**
 * Rooms in MongoDB: two collections, in the schema of seed 003. The last stay of each user in each room has a
 * document of its own, whose id follows from both, so it is made once and changed under the guard of its version;
 * earlier stays are kept beside it. Nothing here needs a transaction, a pipeline or an index that expires.
 */
import type { Filter, UpdateFilter } from 'mongodb';
import { type Attendance, isPresent } from '../../domain/attendance';
import { badCursor } from '../../domain/cursor';
import { isTryAgain } from '../../domain/errors';
import type { Room } from '../../domain/room';
import type { Clock } from '../../ports/clock';
import type { Page, RoomAsRecorded, RoomRecords, Stay } from '../../ports/room-records';
import { Connection } from './connection';
import {
  attendanceFrom,
  type ParticipantDocument,
  participantDocument,
  participantId,
  pastDocument,
  type RoomDocument,
  roomDocument,
  roomFrom,
  type StoredAttendance,
} from './documents';
import { isDuplicate } from './faults';

export class MongoRoomRecords implements RoomRecords {
  private readonly db: Connection;

  /** @param counter of calls */
  constructor(uri: string, clock: Clock, counter: { calls: number }) {
    this.db = new Connection(uri, clock, counter);
  }

  async add(room: Room): Promise<Room> {
    try {
      await this.db.call(({ rooms }) => rooms.insertOne(roomDocument(room)));
      return room;
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      return (await this.find(room.id)) ?? room;
    }
  }

  async find(roomId: string): Promise<Room | undefined> {
    const document = await this.room(roomId);
    return document && roomFrom(document);
  }

  /** Here nothing is ever forgotten. */
  keep(): Promise<void> {
    return Promise.resolve();
  }

  async look(roomId: string): Promise<RoomAsRecorded | undefined> {
    const [document, present] = await Promise.all([this.room(roomId), this.presentIn([roomId])]);
    if (!document) return undefined;
    const [recorded] = await this.asRecorded([document], present);
    return recorded;
  }

  async list({ limit, cursor }: Page): Promise<{ rooms: readonly RoomAsRecorded[]; cursor?: string }> {
    const before = cursor === undefined ? {} : behind('createdAt', cursor);
    const found = await this.db.call(({ rooms }) =>
      rooms
        .find(before as Filter<RoomDocument>)
        .sort({ createdAt: -1, _id: -1 })
        .limit(limit + 1)
        .toArray(),
    );
    const page = found.slice(0, limit);
    const present = await this.presentIn(page.map(({ _id }) => _id));
    const last = found.length > limit ? page.at(-1) : undefined;
    return {
      rooms: await this.asRecorded(page, present),
      ...(last ? { cursor: cursorOf(last.createdAt, last._id) } : {}),
    };
  }

  async noteAsked(roomId: string, at: number): Promise<void> {
    const change = { $set: { askedAt: new Date(at) } };
    await this.db.call(({ rooms }) => rooms.updateOne({ _id: roomId }, change));
  }

  async attendance(roomId: string, userId: string): Promise<StoredAttendance | undefined> {
    const _id = participantId(roomId, userId);
    const document = await this.db.call(({ participants }) => participants.findOne({ _id }));
    return document ? attendanceFrom(document) : undefined;
  }

  async save(before: Attendance | undefined, after: Attendance): Promise<boolean> {
    // Kept first: whoever is cut short now has a copy that says the same as the document.
    if (before && before.joinedAt !== null && before.stay !== after.stay) await this.keepPast(before);
    const isSaved = before ? await this.replace(before, after) : await this.insert(after);
    const change = Number(isPresent(after)) - Number(before !== undefined && isPresent(before));
    if (isSaved && change !== 0) await this.addToCount(after.roomId, change);
    return isSaved;
  }

  /** The records of stays are the history. */
  noteInHistory(): Promise<void> {
    return Promise.resolve();
  }

  private async insert(attendance: Attendance): Promise<boolean> {
    return this.insertOnce(participantDocument(attendance, 1));
  }

  private async keepPast(attendance: Attendance): Promise<void> {
    await this.insertOnce(pastDocument(attendance));
  }

  /** @returns false when there is one of that id. */
  private async insertOnce(document: ParticipantDocument): Promise<boolean> {
    try {
      await this.db.call(({ participants }) => participants.insertOne(document));
      return true;
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw error;
    }
  }

  private async replace(before: StoredAttendance, after: Attendance): Promise<boolean> {
    const { version = 0 } = before;
    const { _id, ...document } = participantDocument(after, version + 1);
    const replaced = await this.db.call(({ participants }) =>
      participants.findOneAndUpdate({ _id, version }, { $set: document }),
    );
    return replaced !== null;
  }

  /** Never below nought: somebody who looked may have put it right before. */
  private async addToCount(roomId: string, change: number): Promise<void> {
    const counted = { _id: roomId, ...(change < 0 ? { participantCount: { $gte: -change } } : {}) };
    await this.count(counted, { $inc: { participantCount: change } });
  }

  /** That it cannot be done just now stands in nobody's way: what is recorded says it, and the next who looks counts. */
  private async count(filter: Filter<RoomDocument>, change: UpdateFilter<RoomDocument>): Promise<void> {
    try {
      await this.db.call(({ rooms }) => rooms.updateOne(filter, change));
    } catch (error) {
      if (!isTryAgain(error)) throw error;
    }
  }

  async history(roomId: string, { limit, cursor }: Page): Promise<{ stays: Stay[]; cursor?: string }> {
    const filter = {
      roomId,
      joinedAt: { $ne: null },
      ...(cursor === undefined ? {} : behind('joinedAt', cursor)),
    };
    const found = await this.db.call(({ participants }) =>
      participants
        .find(filter as Filter<ParticipantDocument>)
        .sort({ joinedAt: -1, _id: -1 })
        .limit(limit + 1)
        .toArray(),
    );
    const page = found.slice(0, limit);
    const last = found.length > limit ? page.at(-1) : undefined;
    return {
      stays: withoutCopies(page),
      ...(last?.joinedAt ? { cursor: cursorOf(last.joinedAt, last._id) } : {}),
    };
  }

  private async room(roomId: string): Promise<RoomDocument | undefined> {
    const document = await this.db.call(({ rooms }) => rooms.findOne({ _id: roomId }));
    return document ?? undefined;
  }

  private async presentIn(roomIds: readonly string[]): Promise<StoredAttendance[]> {
    if (roomIds.length === 0) return [];
    const filter = { roomId: { $in: [...roomIds] }, leftAt: null, joinedAt: { $ne: null } };
    const documents = await this.db.call(({ participants }) => participants.find(filter).toArray());
    return documents.map(attendanceFrom);
  }

  /** Where somebody was cut short before the count, it is put right. */
  private async asRecorded(
    documents: readonly RoomDocument[],
    attendances: readonly StoredAttendance[],
  ): Promise<RoomAsRecorded[]> {
    const byRoom = new Map(documents.map(({ _id }) => [_id, [] as StoredAttendance[]]));
    for (const attendance of attendances) byRoom.get(attendance.roomId)?.push(attendance);
    const wrong = documents.filter(
      ({ _id, participantCount }) => participantCount !== (byRoom.get(_id)?.length ?? 0),
    );
    await Promise.all(wrong.map((document) => this.correct(document, byRoom.get(document._id)?.length ?? 0)));
    return documents.map((document) => ({
      room: roomFrom(document),
      askedAt: document.askedAt?.getTime() ?? 0,
      present: byRoom.get(document._id) ?? [],
    }));
  }

  /** Unless it has changed since it was read. */
  private async correct({ _id, participantCount }: RoomDocument, count: number): Promise<void> {
    await this.count({ _id, participantCount }, { $set: { participantCount: count } });
  }
}

/** A stay that was kept, by somebody who was cut short before the next one began, is there twice. */
function withoutCopies(documents: readonly ParticipantDocument[]): Stay[] {
  const stays = documents.map(attendanceFrom).map(({ userId, stay, joinedAt, leftAt }) => ({
    key: JSON.stringify([userId, stay]),
    visit: { userId, joinedAt: joinedAt ?? 0, leftAt },
  }));
  return [...new Map(stays.map(({ key, visit }) => [key, visit])).values()];
}

const cursorOf = (time: Date, id: string): string =>
  Buffer.from(`${time.getTime()} ${id}`).toString('base64url');

/**
 * What comes after a cursor, newest first. Said so that an index is read from there on: by an `$or` alone each of its
 * parts would be looked for. @throws FoyerError `invalid-input`.
 */
function behind(field: 'createdAt' | 'joinedAt', cursor: string): object {
  const [, time = '', id = ''] = /^(\d{1,15}) (.+)$/s.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (id === '') throw badCursor();
  const date = new Date(Number(time));
  return { [field]: { $lte: date }, $or: [{ [field]: { $lt: date } }, { _id: { $lt: id } }] };
}
