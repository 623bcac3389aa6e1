/** How rooms and attendances stand in their documents, which are those of seed 003, and more. */
import { createHash } from 'node:crypto';
import type { Attendance } from '../../domain/attendance';
import type { Room } from '../../domain/room';

/** As seed 003 has it; `_id` is the id. */
export interface RoomDocument {
  readonly _id: string;
  readonly roomId: string;
  readonly name: string;
  readonly createdAt: Date;
  /** As recorded; shown counts follow from the participants. */
  readonly participantCount: number;
  readonly askedAt: Date | null;
}

/** As seed 003 has it, one for each stay; the last one of each user also says what holds them. */
export interface ParticipantDocument {
  readonly _id: string;
  readonly userId: string;
  readonly roomId: string;
  /** A fingerprint. */
  readonly token: string;
  readonly joinedAt: Date | null;
  readonly leftAt: Date | null;
  readonly stay: number;
  readonly notBefore: Date;
  readonly sockets: readonly {
    readonly socket: string;
    readonly gateway: string;
    readonly droppedAt: Date | null;
  }[];
  readonly peers: readonly {
    readonly peer: string;
    readonly joinedAt: Date;
    readonly leftAt: Date | null;
  }[];
  readonly version: number;
}

/** As it was read. */
export type StoredAttendance = Attendance & { readonly version?: number };

const dateOf = (time: number | null | undefined): Date | null =>
  time === null || time === undefined ? null : new Date(time);

export const roomDocument = ({ id, name, createdAt }: Room): RoomDocument => ({
  _id: id,
  roomId: id,
  name,
  createdAt: new Date(createdAt),
  participantCount: 0,
  askedAt: null,
});

export const roomFrom = ({ roomId, name, createdAt }: RoomDocument): Room => ({
  id: roomId,
  name,
  createdAt: createdAt.getTime(),
});

/** Of the last stay of a user in a room: whoever comes first makes it, and only one can. */
export const participantId = (roomId: string, userId: string): string =>
  createHash('sha256')
    .update(JSON.stringify([roomId, userId]))
    .digest('base64url');

export const participantDocument = (attendance: Attendance, version: number): ParticipantDocument => {
  const { roomId, userId, token, stay, notBefore, joinedAt, leftAt, sockets, peers } = attendance;
  return {
    _id: participantId(roomId, userId),
    userId,
    roomId,
    token,
    joinedAt: dateOf(joinedAt),
    leftAt: dateOf(leftAt),
    stay,
    notBefore: new Date(notBefore),
    sockets: Object.entries(sockets).map(([socket, { gateway, droppedAt }]) => ({
      socket,
      gateway,
      droppedAt: dateOf(droppedAt),
    })),
    peers: Object.entries(peers).map(([peer, hold]) => ({
      peer,
      joinedAt: new Date(hold.joinedAt),
      leftAt: dateOf(hold.leftAt),
    })),
    version,
  };
};

/** A stay that is over and not the last one any more. */
export function pastDocument(attendance: Attendance): ParticipantDocument {
  const document = participantDocument({ ...attendance, sockets: {}, peers: {} }, 0);
  return { ...document, _id: `${document._id}.${attendance.stay}` };
}

export function attendanceFrom(document: ParticipantDocument): StoredAttendance {
  const { roomId, userId, token, stay, notBefore, joinedAt, leftAt, sockets, peers, version } = document;
  return {
    roomId,
    userId,
    token,
    stay,
    notBefore: notBefore.getTime(),
    joinedAt: joinedAt?.getTime() ?? null,
    leftAt: leftAt?.getTime() ?? null,
    sockets: Object.fromEntries(
      sockets.map(({ socket, gateway, droppedAt }) => [
        socket,
        { gateway, ...(droppedAt ? { droppedAt: droppedAt.getTime() } : {}) },
      ]),
    ),
    peers: Object.fromEntries(
      peers.map((hold) => [
        hold.peer,
        {
          joinedAt: hold.joinedAt.getTime(),
          ...(hold.leftAt ? { leftAt: hold.leftAt.getTime() } : {}),
        },
      ]),
    ),
    version,
  };
}
